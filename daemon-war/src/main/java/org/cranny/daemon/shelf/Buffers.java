package org.cranny.daemon.shelf;

import java.util.concurrent.ConcurrentLinkedQueue;

/** Big buffers, used again: at most as many exist as puts ever ran at once. */
final class Buffers {
    private static final int OCTETS = 256 * 1024;

    private final ConcurrentLinkedQueue<byte[]> idle = new ConcurrentLinkedQueue<>();

    byte[] take() {
        byte[] buffer = idle.poll();
        return buffer == null ? new byte[OCTETS] : buffer;
    }

    void giveBack(byte[] buffer) {
        idle.add(buffer);
    }
}
