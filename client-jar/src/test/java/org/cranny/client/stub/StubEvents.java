package org.cranny.client.stub;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A stream of server-sent events whose other end a test holds. */
public final class StubEvents {
    private static final String END = "end";

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private boolean refused;
    private int streams;

    /** From now on there is no such stream. */
    public synchronized void refuse() {
        refused = true;
        drop();
    }

    public void tell(String event, String data) {
        lines.add("event: " + event + "\ndata: " + data + "\n\n");
    }

    public void comment() {
        lines.add(": still here\n\n");
    }

    /** Ends the open stream. */
    public void drop() {
        lines.add(END);
    }

    /** Waits until somebody has listened so many times. */
    public synchronized void awaitStreams(int count) throws InterruptedException {
        while (streams < count) {
            wait();
        }
    }

    synchronized boolean answers() {
        return !refused;
    }

    void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        synchronized (this) {
            streams++;
            notifyAll();
        }
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(": hello\n\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            for (String next = lines.take(); !next.equals(END); next = lines.take()) {
                out.write(next.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        drop();
    }
}
