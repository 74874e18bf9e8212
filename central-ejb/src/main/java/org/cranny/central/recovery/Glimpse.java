package org.cranny.central.recovery;

/**
 * The beginning of a file.
 *
 * @param octets of it
 * @param size of the whole file
 */
public record Glimpse(byte[] octets, long size) {
    /** The most that is shown. */
    public static final int MOST_BYTES = 64 << 10;

    public boolean whole() {
        return octets.length == size;
    }

    @Override
    public String toString() {
        return "Glimpse[" + octets.length + " of " + size + "]";
    }
}
