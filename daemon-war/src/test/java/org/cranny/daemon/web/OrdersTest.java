package org.cranny.daemon.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.junit.jupiter.api.Test;

/** Bodies of requests, as they come and as they do not. */
class OrdersTest {
    private static final byte[] OCTETS = "{\"some\":\"order\"}".getBytes(StandardCharsets.UTF_8);

    @Test
    void aBodyIsTakenWholeUpToItsLimit() {
        assertArrayEquals(OCTETS, Orders.body(request(new ByteArrayInputStream(OCTETS)), OCTETS.length));
    }

    @Test
    void aBodyThatIsTooLongIsRefused() {
        assertEquals(
                "TOO_LARGE",
                refusal(new ByteArrayInputStream(OCTETS), OCTETS.length - 1).kind());
    }

    @Test
    void aBodyThatStopsIsTheSendersFailure() {
        InputStream stops = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException(new TimeoutException());
            }
        };
        Problem refusal = refusal(stops, OCTETS.length);
        assertEquals("BAD_REQUEST", refusal.kind());
        assertEquals("the body did not come whole", refusal.detail(), "what failed inside is nobody's affair");
    }

    private static Problem refusal(InputStream body, int most) {
        return assertThrows(ProblemException.class, () -> Orders.body(request(body), most))
                .problem();
    }

    private static HttpServletRequest request(InputStream body) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                OrdersTest.class.getClassLoader(), new Class<?>[] {HttpServletRequest.class}, (self, method, given) -> {
                    assertEquals("getInputStream", method.getName());
                    return new Arriving(body);
                });
    }

    private static final class Arriving extends ServletInputStream {
        private final InputStream body;

        Arriving(InputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            return body.read();
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
