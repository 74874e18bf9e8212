package org.cranny.engine.chunking;

import org.cranny.engine.keys.KeyRing;

/**
 * Cuts big files where their content says so: an insertion moves the cuts next to it and no others.
 *
 * <p>FastCDC (Xia and others, USENIX ATC 2016) with normalised chunking level 2: no cut below {@link #MIN}, a cut is
 * four times less likely than average up to {@link #NORMAL}, four times more likely after it, and forced at
 * {@link #MAX}. The rolling hash is {@code h = (h << 1) + gear[octet]} over the last 64 octets, so a cut depends on
 * nothing before them; the gear table comes from the source's dedup key. Source of the rule:
 * {@code docs/format/keys.md}. Thread-safe and free of allocation.
 */
public final class FastCdc {
    /** No chunk but the last of a file is shorter. */
    public static final int MIN = 256 << 10;
    /** Cuts become likely here. */
    public static final int NORMAL = 1 << 20;
    /** No chunk is longer. */
    public static final int MAX = 4 << 20;
    /** Says that more octets are needed to find the next cut. */
    public static final int MORE = -1;

    private static final int WINDOW = 64;
    private static final long RARE = -1L << (64 - 22);
    private static final long FREQUENT = -1L << (64 - 18);

    private final long[] gear;

    private FastCdc(long[] gear) {
        this.gear = gear;
    }

    /** The cuts that this ring's source makes. */
    public static FastCdc of(KeyRing ring) {
        return new FastCdc(ring.gearTable());
    }

    /**
     * The length of the first chunk of what lies in {@code data} from {@code offset}, {@code length} octets long.
     *
     * @param last whether the file ends there; if not, and no cut is found in less than {@link #MAX} octets, the answer
     *     is {@link #MORE}
     */
    public int cut(byte[] data, int offset, int length, boolean last) {
        if (length <= MIN) {
            return last ? length : MORE;
        }
        int end = Math.min(length, MAX);
        int normal = Math.min(end, NORMAL);
        long hash = warmUp(data, offset + MIN - WINDOW);
        for (int at = offset + MIN; at < offset + normal; at++) {
            hash = (hash << 1) + gear[data[at] & 0xFF];
            if ((hash & RARE) == 0) {
                return at - offset + 1;
            }
        }
        for (int at = offset + normal; at < offset + end; at++) {
            hash = (hash << 1) + gear[data[at] & 0xFF];
            if ((hash & FREQUENT) == 0) {
                return at - offset + 1;
            }
        }
        return last || end == MAX ? end : MORE;
    }

    private long warmUp(byte[] data, int from) {
        long hash = 0;
        for (int at = from; at < from + WINDOW; at++) {
            hash = (hash << 1) + gear[data[at] & 0xFF];
        }
        return hash;
    }
}
