package org.cranny.engine.check;

/** Counts one host's copies while it is asked. One thread at a time. */
final class HostTally {
    private final long host;
    private final String name;
    private long copies;
    private long right;
    private long wrong;
    private long missing;
    private long bytes;
    private String trouble;

    HostTally(long host, String name) {
        this.host = host;
        this.name = name;
    }

    /** It is to keep one more. */
    void held() {
        copies++;
    }

    /** It is to keep one less. */
    void released() {
        copies--;
    }

    void right(long length) {
        right++;
        bytes += length;
    }

    /** @return what to tell of it */
    Finding wrong(String pack, String reason) {
        wrong++;
        return new Finding(host, name, pack, true, reason);
    }

    /** @return what to tell of it */
    Finding missing(String pack, String reason) {
        missing++;
        return new Finding(host, name, pack, true, reason);
    }

    /** It cannot be asked any more. @return what to tell of it */
    Finding away(String reason) {
        trouble = reason;
        return new Finding(host, name, null, false, reason);
    }

    boolean isAway() {
        return trouble != null;
    }

    HostCheck done() {
        return new HostCheck(host, name, copies, right, wrong, missing, bytes, trouble);
    }
}
