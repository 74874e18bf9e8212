package org.cranny.engine.posix;

/** A run of octets in a file that holds data, as opposed to a hole. Offset and length in octets; length at least 1. */
public record Extent(long offset, long length) {
    public Extent {
        if (offset < 0 || length < 1 || offset + length < 0) {
            throw new IllegalArgumentException("extent out of range: " + offset + "+" + length);
        }
    }

    /** The first octet after the extent. */
    public long end() {
        return offset + length;
    }
}
