package org.cranny.engine.segment;

import java.util.concurrent.ArrayBlockingQueue;

/**
 * Lends arrays of a usual size again and again; a mebioctet is too big to be garbage every few milliseconds. Arrays of
 * any other size are made when asked for and forgotten afterwards. Thread-safe.
 */
final class Buffers {
    private static final int KEPT = 16;

    private final int usual;
    private final ArrayBlockingQueue<byte[]> idle = new ArrayBlockingQueue<>(KEPT);

    Buffers(int usual) {
        this.usual = usual;
    }

    boolean isUsual(int atLeast) {
        return atLeast <= usual;
    }

    byte[] lend(int atLeast) {
        if (!isUsual(atLeast)) {
            return new byte[atLeast];
        }
        byte[] buffer = idle.poll();
        return buffer == null ? new byte[usual] : buffer;
    }

    void giveBack(byte[] buffer) {
        if (buffer.length == usual) {
            boolean kept = idle.offer(buffer);
            assert kept || idle.remainingCapacity() == 0;
        }
    }
}
