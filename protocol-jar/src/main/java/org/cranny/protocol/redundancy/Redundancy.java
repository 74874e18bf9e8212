package org.cranny.protocol.redundancy;

/**
 * How many fragments of a pack are needed ({@code k}) and how many are made ({@code n}).
 * {@code k = 1} means n whole copies; version 1 makes nothing else, its formats carry all.
 */
public record Redundancy(int k, int n) {
    public static final int MOST = 255;

    public Redundancy {
        if (k < 1 || n < k || n > MOST) {
            throw new IllegalArgumentException("redundancy " + k + " of " + n);
        }
    }

    public static Redundancy copies(int n) {
        return new Redundancy(1, n);
    }

    /** The default: two copies below six hosts, three from there on. */
    public static Redundancy forHosts(int hosts) {
        return copies(hosts < 6 ? 2 : 3);
    }

    @Override
    public String toString() {
        return k + " of " + n;
    }
}
