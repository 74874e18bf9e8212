package org.cranny.daemon.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Copies leave the owner his share of the link, whatever the link is. A clock and a link of the test's own. */
class LinkTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int BUFFER = 64 << 10;
    private static final long PACK = 16L << 20;
    private static final long PEER = 7;

    private long now;
    private double linkBytesPerSecond = 10e6;
    private long latencyNanos;
    private final Link link = new Link(() -> now, nanos -> now += nanos);

    /** Gives octets as fast as the link does, and says when each was given. */
    private final class Wire extends InputStream {
        private long left;
        private boolean begun;

        Wire(long length) {
            left = length;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] into, int from, int length) {
            if (left == 0) {
                return -1;
            }
            if (!begun) {
                begun = true;
                now += latencyNanos;
            }
            int count = (int) Math.min(left, length);
            left -= count;
            now += (long) (count * SECOND / linkBytesPerSecond);
            return count;
        }
    }

    private InputStream open(long peer, long length, int percent, long cap) {
        return new Slowly(new Wire(length), link, peer, percent, cap);
    }

    private void fetch(long peer, long length, int percent, long cap) throws IOException {
        link.rested(peer);
        try (InputStream in = open(peer, length, percent, cap)) {
            byte[] buffer = new byte[BUFFER];
            while (in.read(buffer) >= 0) {
                // only the time counts
            }
        }
    }

    /** Octets a second of so many packs, the first one already measured. */
    private double rate(int packs, int percent, long cap) throws IOException {
        long began = now;
        for (int i = 0; i < packs; i++) {
            fetch(PEER, PACK, percent, cap);
        }
        return packs * PACK * (double) SECOND / (now - began);
    }

    @Test
    void takesSeventyPercentOfWhatTheLinkGives() throws IOException {
        assertEquals(7e6, rate(40, 70, 0), 0.05 * 7e6);
    }

    @Test
    void followsALinkThatBecomesSlowerAndFaster() throws IOException {
        rate(10, 70, 0);
        linkBytesPerSecond = 2e6;
        rate(10, 70, 0);
        assertEquals(1.4e6, rate(20, 70, 0), 0.05 * 1.4e6);
        linkBytesPerSecond = 50e6;
        rate(10, 70, 0);
        assertEquals(35e6, rate(200, 70, 0), 0.05 * 35e6);
    }

    @Test
    void measuresOftenOverALongTransferToo() throws IOException {
        fetch(PEER, 100 * PACK, 70, 0);
        linkBytesPerSecond = 100e6;
        now += Link.HOLDS_NANOS;
        long began = now;
        fetch(PEER, 4 * PACK, 70, 0);
        assertTrue(now - began < 2 * SECOND, "the next one measures anew");
    }

    @Test
    void severalTransfersShareOneShare() throws IOException {
        rate(1, 70, 0);
        long began = now;
        List<InputStream> streams = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            streams.add(open(PEER, PACK, 70, 0));
        }
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        for (boolean more = true; more; ) {
            more = false;
            for (InputStream in : streams) {
                int count = in.read(buffer);
                more |= count > 0;
                bytes += Math.max(0, count);
            }
        }
        double rate = bytes * (double) SECOND / (now - began);
        assertTrue(rate <= 1.02 * 7e6, rate + " octets a second");
    }

    @Test
    void whatOneShortTransferTookSaysNothingAboutTheLink() throws IOException {
        latencyNanos = SECOND / 5;
        fetch(PEER, 300 << 10, 70, 0);
        latencyNanos = 0;
        assertEquals(7e6, rate(40, 70, 0), 0.05 * 7e6);
    }

    @Test
    void shortTransfersRestTooAndAreMeasuredTogether() throws IOException {
        latencyNanos = SECOND / 5;
        long length = 300 << 10;
        double given = length / (0.2 + length / linkBytesPerSecond);
        long began = now;
        for (int i = 0; i < 200; i++) {
            fetch(PEER, length, 70, 0);
        }
        assertEquals(0.7 * given, 200 * length * (double) SECOND / (now - began), 0.05 * given);
    }

    @Test
    void settingCanCapItLowerOrTakeAllOfIt() throws IOException {
        assertEquals(1e6, rate(5, 70, 1_000_000), 0.05 * 1e6);
        assertEquals(10e6, rate(20, 100, 0), 0.05 * 10e6);
    }

    @Test
    void transferThatBreaksOffMeasuresNothingAndLetsTheNextOneMeasure() throws IOException {
        open(PEER, PACK, 70, 0).close();
        assertTrue(link.probes(PEER));
        link.measured(PEER, 0, 0, 70);
        assertEquals(7e6, rate(40, 70, 0), 0.05 * 7e6);
    }
}
