package org.cranny.engine.segment;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/** Writes into an array up to a limit, and refuses what goes beyond. */
final class ArraySink extends OutputStream {
    private final byte[] octets;
    private final int limit;
    private int size;

    /** The limit is reached. */
    static final class FullException extends IOException {
        private static final long serialVersionUID = 1L;

        FullException() {
            super("no room left");
        }
    }

    ArraySink(byte[] octets, int limit) {
        this.octets = octets;
        this.limit = Math.min(limit, octets.length);
    }

    int size() {
        return size;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] data, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, data.length);
        if (length > limit - size) {
            throw new FullException();
        }
        System.arraycopy(data, from, octets, size, length);
        size += length;
    }
}
