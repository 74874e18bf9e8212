package org.cranny.engine.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong rate = new AtomicLong(1_000_000);
    private final Throttle throttle = new Throttle(rate::get, 1, nanos::get, nanos::addAndGet);

    @Test
    void holdsTheRateWithinAHundredthOverSeconds() throws Exception {
        sendBlocks(500);
        assertEquals(500 * 16_384 / 1e6, nanos.get() / 1e9, 0.01 * 8.2);
    }

    @Test
    void severalThatAskShareTheRate() throws Exception {
        try (InputStream one = stream(4_000_000);
                InputStream two = stream(4_000_000)) {
            byte[] block = new byte[50_000];
            while (one.read(block) >= 0) {
                assertTrue(two.read(block) > 0);
            }
        }
        assertEquals(8.0, nanos.get() / 1e9, 0.1);
    }

    @Test
    void followsTheHour() throws Exception {
        sendBlocks(100);
        long first = nanos.get();
        rate.set(100_000);
        sendBlocks(100);
        long second = nanos.get() - first;
        assertEquals(10.0, (double) second / first, 0.2);
        rate.set(0);
        sendBlocks(100);
        assertEquals(first + second, nanos.get());
    }

    @Test
    void silenceIsNotSavedUpForLong() throws Exception {
        sendBlocks(1);
        nanos.addAndGet(3_600 * SECOND);
        long begun = nanos.get();
        sendBlocks(200);
        double seconds = (nanos.get() - begun) / 1e9;
        assertTrue(seconds > 200 * 16_384 / 1e6 * 0.9, seconds + " s");
    }

    @Test
    void nothingIsHeldBackWithoutALimit() throws Exception {
        Throttle.NONE.pass(Integer.MAX_VALUE);
        assertEquals(0, Throttle.NONE.slowest());
        assertEquals(Throttle.NONE, Limits.of(0, 0).upload());
    }

    private void sendBlocks(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            throttle.pass(16_384);
        }
    }

    private InputStream stream(int length) {
        return new ThrottledStream(new ByteArrayInputStream(new byte[length]), throttle);
    }
}
