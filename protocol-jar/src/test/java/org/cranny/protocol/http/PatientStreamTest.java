package org.cranny.protocol.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class PatientStreamTest {
    private static final Duration FIRST = Duration.ofMillis(50);

    /** Gives an octet after each pause, for ever. */
    private static InputStream dripping(long millis) {
        return new InputStream() {
            @Override
            public int read() {
                pass(millis);
                return 'x';
            }

            @Override
            public int read(byte[] into, int offset, int count) {
                into[offset] = (byte) read();
                return 1;
            }
        };
    }

    private static void pass(long millis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    @Test
    void whoSendsAnOctetNowAndThenIsNotWaitedFor() {
        InputStream slow = new PatientStream(dripping(10), FIRST);
        assertThrows(HttpTimeoutException.class, slow::readAllBytes);
    }

    @Test
    void whatComesQuicklyEnoughComesWhole() throws IOException {
        byte[] octets = new byte[100_000];
        octets[99_999] = 7;
        try (InputStream all = new PatientStream(new ByteArrayInputStream(octets), FIRST)) {
            assertEquals(octets[0], all.read());
            byte[] rest = all.readAllBytes();
            assertEquals(99_999, rest.length);
            assertEquals(7, rest[99_998]);
            assertEquals(-1, all.read());
        }
    }

    @Test
    void theTimeBetweenReadsDoesNotCount() throws IOException {
        Duration first = Duration.ofSeconds(1);
        InputStream stream = new PatientStream(dripping(1), first);
        for (int i = 0; i < 4; i++) {
            assertEquals('x', stream.read());
            pass(first.toMillis() / 2);
        }
    }
}
