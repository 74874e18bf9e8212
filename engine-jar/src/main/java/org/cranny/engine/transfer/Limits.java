package org.cranny.engine.transfer;

/** How fast a run may send and fetch, all its connections together. */
public record Limits(Throttle upload, Throttle download) {
    public static final Limits NONE = new Limits(Throttle.NONE, Throttle.NONE);

    /** Rates that stay as they are. @param upload octets a second, 0 for no limit */
    public static Limits of(long upload, long download) {
        return new Limits(Throttle.of(() -> upload, upload), Throttle.of(() -> download, download));
    }

    /** As slow as the slower of both, at any time. */
    public Limits and(Limits other) {
        return new Limits(upload.and(other.upload), download.and(other.download));
    }
}
