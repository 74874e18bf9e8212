package org.cranny.protocol.octets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.cranny.protocol.problem.ProblemException;
import org.junit.jupiter.api.Test;

class BriskStreamTest {
    @Test
    void givesUpABodyThatTrickles() throws IOException {
        long[] now = {0};
        InputStream body = new BriskStream(new ByteArrayInputStream(new byte[100_000]), () -> now[0]);
        body.readNBytes(10_240);
        now[0] = 12_000_000_000L;
        assertEquals(0, body.read());
        now[0] = 14_000_000_000L;
        ProblemException refused = assertThrows(ProblemException.class, body::read);
        assertEquals("TOO_SLOW", refused.problem().kind());
    }
}
