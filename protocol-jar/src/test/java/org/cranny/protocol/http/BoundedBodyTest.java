package org.cranny.protocol.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BoundedBodyTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch hungUp = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        never.countDown();
        server.stop(0);
    }

    @Test
    void whatIsNotLongerComesWhole() throws Exception {
        answer("twelve lines".repeat(1_000), 1);
        assertEquals("twelve lines".repeat(1_000), ask(BoundedBody.text(12_000)));
        assertEquals(12_000, ask(BoundedBody.octets(12_001)).length);
    }

    @Test
    void oneOctetTooManyIsRefused() {
        answer("x".repeat(12_001), 1);
        assertTooLong(BoundedBody.octets(12_000));
        assertTooLong(BoundedBody.text(12_000));
    }

    @Test
    void whoNeverEndsIsHungUpOn() throws Exception {
        answer("x".repeat(12_000), Long.MAX_VALUE);
        assertTooLong(BoundedBody.octets(1 << 20));
        assertTrue(hungUp.await(60, TimeUnit.SECONDS));
    }

    @Test
    void linesMayBeMany() throws Exception {
        answer("twelve lines\n", 1_000);
        Lines lines = new Lines();
        ask(answer -> BoundedBody.lines(lines, 12));
        assertEquals(1_000, lines.heard.size());
        assertFalse(lines.failed);
    }

    @Test
    void aLineThatNeverEndsIsHungUpOn() throws Exception {
        answer("x".repeat(12_000), Long.MAX_VALUE);
        Lines lines = new Lines();
        assertTooLong(answer -> BoundedBody.lines(lines, 8 << 10));
        assertTrue(lines.failed);
        assertTrue(hungUp.await(60, TimeUnit.SECONDS));
    }

    @Test
    void whoStopsInTheMiddleIsNotWaitedFor() {
        stopsInTheMiddle();
        assertThrows(HttpTimeoutException.class, () -> ask(BoundedBody.octets(12_000, SHORT)));
        IOException failed = assertThrows(
                IOException.class, () -> ask(BoundedBody.stream(SHORT)).readAllBytes());
        assertTrue(failed.getCause() instanceof HttpTimeoutException, failed::toString);
    }

    @Test
    void norWhoSendsAnOctetNowAndThen() {
        answer("x", Long.MAX_VALUE, 20);
        assertThrows(HttpTimeoutException.class, () -> ask(BoundedBody.octets(12_000, SHORT)));
    }

    @Test
    void whoReadsWithPausesMissesNothing() throws Exception {
        answer("x".repeat(100_000), 20);
        try (InputStream body = ask(BoundedBody.stream(SHORT))) {
            assertEquals(1_000, body.readNBytes(1_000).length);
            assertFalse(never.await(3 * SHORT.toMillis(), TimeUnit.MILLISECONDS));
            assertEquals(1_999_000, body.readAllBytes().length);
        }
    }

    private <T> void assertTooLong(BodyHandler<T> handler) {
        assertTrue(TooLongException.isCauseOf(assertThrows(IOException.class, () -> ask(handler))));
    }

    private <T> T ask(BodyHandler<T> handler) throws IOException, InterruptedException {
        URI there = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        return client.send(HttpRequest.newBuilder(there).build(), handler).body();
    }

    private void stopsInTheMiddle() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
        });
    }

    private void answer(String text, long times) {
        answer(text, times, 0);
    }

    private void answer(String text, long times, long millis) {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                for (long i = 0; i < times; i++) {
                    out.write(text.getBytes(StandardCharsets.US_ASCII));
                    if (millis > 0) {
                        out.flush();
                        never.await(millis, TimeUnit.MILLISECONDS);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                hungUp.countDown();
                throw e;
            }
        });
    }

    private static final class Lines implements Subscriber<String> {
        final List<String> heard = new CopyOnWriteArrayList<>();
        volatile boolean failed;

        @Override
        public void onSubscribe(Subscription begun) {
            begun.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            heard.add(line);
        }

        @Override
        public void onError(Throwable failure) {
            failed = true;
        }

        @Override
        public void onComplete() {
            failed = false;
        }
    }
}
