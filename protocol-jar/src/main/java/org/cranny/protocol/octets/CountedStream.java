package org.cranny.protocol.octets;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream whose octets are counted as they are read, so that it can be given up. What is skipped is not counted. */
public abstract class CountedStream extends FilterInputStream {
    private long octets;

    protected CountedStream(InputStream in) {
        super(in);
    }

    /**
     * Called after every read, also one that got nothing.
     *
     * @param octets all that were read so far
     */
    protected abstract void check(long octets);

    @Override
    public final int read() throws IOException {
        int octet = super.read();
        count(octet < 0 ? 0 : 1);
        return octet;
    }

    @Override
    public final int read(byte[] buffer, int offset, int length) throws IOException {
        int got = super.read(buffer, offset, length);
        count(Math.max(got, 0));
        return got;
    }

    @Override
    public final boolean markSupported() {
        return false;
    }

    private void count(int more) {
        octets += more;
        check(octets);
    }
}
