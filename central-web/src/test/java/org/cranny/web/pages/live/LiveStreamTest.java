package org.cranny.web.pages.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletResponse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveStreamTest {
    private static final String FIRST = "retry: 3000\ndata: []\n\n";

    private final Queue<LiveStream> open = new ConcurrentLinkedQueue<>();
    private final StringWriter written = new StringWriter();
    private int completed;

    @Test
    void tellsWhatIsNewAndNowAndThenThatItIsThere() {
        LiveStream stream = stream(text -> {});
        assertTrue(stream.begin(List.of()));
        for (int i = 0; i < 9; i++) {
            assertTrue(stream.tell(List.of()));
        }
        assertEquals(FIRST, written.toString());
        assertTrue(stream.tell(List.of()));
        assertEquals(FIRST + ": still here\n\n", written.toString());
    }

    @Test
    void whatEndedIsWrittenToNoMore() {
        List<Consumer<LiveStream>> ends = List.of(
                stream -> stream.onTimeout(null),
                stream -> stream.onError(null),
                stream -> stream.onComplete(null),
                LiveStream::end);
        for (Consumer<LiveStream> end : ends) {
            LiveStream stream = stream(text -> {});
            assertTrue(stream.begin(List.of()));
            open.add(stream);
            String before = written.toString();
            end.accept(stream);
            for (int i = 0; i < 20; i++) {
                stream.tell(List.of());
            }
            assertFalse(stream.begin(List.of()));
            assertEquals(before, written.toString());
            assertTrue(open.isEmpty());
        }
        assertEquals(2, completed);
    }

    /** The server takes its writer back when the timeout was told: nobody may be in the middle of a line then. */
    @Test
    void theEndWaitsForTheLineThatIsBeingWritten() throws InterruptedException {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        LiveStream stream = stream(text -> {
            writing.countDown();
            await(goOn);
        });
        Thread teller = new Thread(() -> stream.begin(List.of()));
        teller.start();
        await(writing);
        Thread server = new Thread(() -> {
            stream.onTimeout(null);
            written.write("taken back");
        });
        server.start();
        while (server.getState() != Thread.State.BLOCKED) {
            assertTrue(server.isAlive(), "the end did not wait");
            Thread.onSpinWait();
        }
        goOn.countDown();
        teller.join(Duration.ofSeconds(30).toMillis());
        server.join(Duration.ofSeconds(30).toMillis());
        assertEquals(FIRST + "taken back", written.toString());
    }

    /** @param before a line is written */
    private LiveStream stream(Consumer<String> before) {
        PrintWriter writer = new PrintWriter(written) {
            @Override
            public void write(String text) {
                before.accept(text);
                super.write(text);
            }
        };
        ServletResponse response = fake(
                ServletResponse.class,
                (self, method, values) -> method.getName().equals("getWriter") ? writer : null);
        AsyncContext context = fake(AsyncContext.class, (self, method, values) -> {
            if (method.getName().equals("complete")) {
                completed++;
            }
            return method.getName().equals("getResponse") ? response : null;
        });
        return new LiveStream(context, null, 1_000, open);
    }

    private static <T> T fake(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
