package org.cranny.web.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.cranny.protocol.problem.ProblemException;
import org.junit.jupiter.api.Test;

class BodyLimitTest {
    @Test
    void givesABodyThatFits() throws IOException {
        byte[] body = new byte[1000];
        assertArrayEquals(body, new BodyLimit.Limited(new ByteArrayInputStream(body), 1000).readAllBytes());
    }

    @Test
    void stopsABodyThatIsLongerThanItSaid() {
        InputStream body = new BodyLimit.Limited(new ByteArrayInputStream(new byte[1001]), 1000);
        ProblemException refused = assertThrows(ProblemException.class, body::readAllBytes);
        assertEquals("TOO_LARGE", refused.problem().kind());
    }

    @Test
    void countsSingleOctetsToo() throws IOException {
        InputStream body = new BodyLimit.Limited(new ByteArrayInputStream(new byte[2]), 1);
        assertEquals(0, body.read());
        assertThrows(ProblemException.class, body::read);
    }

    @Test
    void givesUpABodyThatTrickles() throws IOException {
        long[] now = {0};
        InputStream body = new BodyLimit.Brisk(new ByteArrayInputStream(new byte[100_000]), () -> now[0]);
        body.readNBytes(10_240);
        now[0] = 12_000_000_000L;
        assertEquals(0, body.read());
        now[0] = 14_000_000_000L;
        ProblemException refused = assertThrows(ProblemException.class, body::read);
        assertEquals("TOO_SLOW", refused.problem().kind());
    }
}
