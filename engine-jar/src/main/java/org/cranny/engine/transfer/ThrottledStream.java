package org.cranny.engine.transfer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/** Gives octets no faster than a {@link Throttle} lets them pass. */
final class ThrottledStream extends FilterInputStream {
    private static final int MOST_AT_ONCE = 16 << 10;

    private final Throttle throttle;

    ThrottledStream(InputStream in, Throttle throttle) {
        super(in);
        this.throttle = throttle;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int got = super.read(into, offset, Math.min(length, MOST_AT_ONCE));
        if (got > 0) {
            await(got);
        }
        return got;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void await(int octets) throws InterruptedIOException {
        try {
            throttle.pass(octets);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while waiting for its share of the network");
        }
    }
}
