package org.cranny.daemon.copy;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;

/** Reads no faster than a rate, on the average since it was opened. */
final class Slowly extends FilterInputStream {
    private final long bytesPerSecond;
    private final long began = System.nanoTime();
    private long bytes;

    /** @param bytesPerSecond 0 for no limit */
    Slowly(InputStream in, long bytesPerSecond) {
        super(in);
        this.bytesPerSecond = bytesPerSecond;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int count = super.read(into, from, length);
        if (count > 0 && bytesPerSecond > 0) {
            bytes += count;
            long due = began + (long) (bytes * (double) TimeUnit.SECONDS.toNanos(1) / bytesPerSecond);
            try {
                TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("the copy was stopped");
            }
        }
        return count;
    }
}
