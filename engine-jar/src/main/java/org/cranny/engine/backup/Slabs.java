package org.cranny.engine.backup;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Room for octets that wait for their turn, used again and again: what waits outlives young collections, so that arrays of
 * its own would be copied by them and fill the old generation. Small pieces share a slab. Thread-safe.
 */
final class Slabs {
    private static final int SLAB = 1 << 20;
    private static final int LARGEST_SHARED = SLAB / 4;

    /** Beyond so much in all, what is given back is garbage. */
    private static final int MOST_KEPT = 10 << 20;

    private final ThreadLocal<Slab> begun = new ThreadLocal<>();
    private final Deque<byte[]> idle = new ArrayDeque<>();
    private int octetsInAll;

    /** Octets from {@code from} on in an array that others use, too; closed once nobody needs them. */
    record Piece(Slab slab, int from, int length) implements AutoCloseable {
        byte[] octets() {
            return slab.octets;
        }

        @Override
        public void close() {
            slab.release();
        }
    }

    /** Room for so many octets, which holds anything. */
    Piece lend(int length) {
        if (length > LARGEST_SHARED) {
            return new Slab(array(length)).piece(length);
        }
        Slab slab = begun.get();
        if (slab == null || slab.octets.length - slab.used < length) {
            if (slab != null) {
                slab.release();
            }
            slab = new Slab(array(SLAB));
            slab.holders.incrementAndGet();
            begun.set(slab);
        }
        return slab.piece(length);
    }

    private synchronized byte[] array(int atLeast) {
        for (Iterator<byte[]> each = idle.iterator(); each.hasNext(); ) {
            byte[] array = each.next();
            if (array.length >= atLeast && array.length / 2 <= Math.max(atLeast, SLAB)) {
                each.remove();
                return array;
            }
        }
        byte[] array = new byte[(atLeast + SLAB - 1) / SLAB * SLAB];
        octetsInAll += array.length;
        return array;
    }

    private synchronized void giveBack(byte[] array) {
        if (octetsInAll <= MOST_KEPT) {
            idle.addFirst(array);
        } else {
            octetsInAll -= array.length;
        }
    }

    /** Filled from its beginning, by one thread. Whoever fills it holds it, and so does every piece. */
    final class Slab {
        private final byte[] octets;
        private final AtomicInteger holders = new AtomicInteger();
        private int used;

        private Slab(byte[] octets) {
            this.octets = octets;
        }

        private Piece piece(int length) {
            holders.incrementAndGet();
            Piece piece = new Piece(this, used, length);
            used += length;
            return piece;
        }

        private void release() {
            if (holders.decrementAndGet() == 0) {
                giveBack(octets);
            }
        }
    }
}
