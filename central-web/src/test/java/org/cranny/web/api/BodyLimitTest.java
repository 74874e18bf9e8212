package org.cranny.web.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
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
    void aBodyThatBreaksOffMayBeSentAgain() {
        InputStream cut = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new EOFException();
            }
        };
        ProblemException one = assertThrows(ProblemException.class, () -> new ArrivingBody(cut).read());
        ProblemException many = assertThrows(ProblemException.class, () -> new ArrivingBody(cut).readAllBytes());
        assertEquals("TOO_SLOW", one.problem().kind());
        assertEquals("TOO_SLOW", many.problem().kind());
    }
}
