package org.cranny.protocol.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Reads the body of an answer for as long as enough comes: after a first minute less than 1 KiB a second fails with an
 * {@link HttpTimeoutException}. Only time that is spent in reads counts. Silence within one read is for the socket's own
 * time limit.
 */
public final class PatientStream extends FilterInputStream {
    private final long first;
    private long waited;
    private long length;

    public PatientStream(InputStream in) {
        this(in, BoundedBody.SILENCE);
    }

    PatientStream(InputStream in, Duration first) {
        super(in);
        this.first = first.toNanos();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        long since = System.nanoTime();
        int got = super.read(into, offset, count);
        waited += System.nanoTime() - since;
        length += Math.max(0, got);
        if (got >= 0 && waited - first > TimeUnit.SECONDS.toNanos(length / PatientBody.SLOWEST)) {
            throw new HttpTimeoutException("the answer comes too slowly");
        }
        return got;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
