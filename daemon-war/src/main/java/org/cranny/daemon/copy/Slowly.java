package org.cranny.daemon.copy;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/** Reads within a share of the link, and no faster than a rate, on the average since it was opened. */
final class Slowly extends FilterInputStream {
    private static final int WHOLE = 100;

    private final Link link;
    private final long peer;
    private final int percent;
    private final long bytesPerSecond;
    private final long began;
    private boolean probing;
    private long bytes;

    /** @param percent of the link, 100 for all of it @param bytesPerSecond 0 for no limit */
    Slowly(InputStream in, Link link, long peer, int percent, long bytesPerSecond) {
        super(in);
        this.link = link;
        this.peer = peer;
        this.percent = percent;
        this.bytesPerSecond = bytesPerSecond;
        this.began = link.now();
        this.probing = percent < WHOLE && bytesPerSecond == 0 && link.probes(peer);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int count = super.read(into, from, length);
        if (count < 0) {
            measured();
            return count;
        }
        bytes += count;
        if (bytesPerSecond > 0) {
            link.await(began + (long) (bytes * (double) TimeUnit.SECONDS.toNanos(1) / bytesPerSecond));
        }
        if (probing) {
            if (link.now() - began >= Link.PROBE_NANOS) {
                measured();
            }
        } else if (percent < WHOLE && count > 0) {
            link.take(peer, count, percent);
        }
        return count;
    }

    private void measured() {
        if (probing) {
            probing = false;
            link.measured(peer, bytes, link.now() - began, percent);
        }
    }

    @Override
    public void close() throws IOException {
        measured();
        super.close();
    }
}
