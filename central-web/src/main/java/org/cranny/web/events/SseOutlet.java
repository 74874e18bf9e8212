package org.cranny.web.events;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.util.concurrent.CompletionException;

/** A stream of server-sent events. A write returns when the server took it, or fails when the connection is gone. */
public final class SseOutlet implements Outlet {
    private final SseEventSink sink;
    private final Sse sse;

    public SseOutlet(SseEventSink sink, Sse sse) {
        this.sink = sink;
        this.sse = sse;
    }

    @Override
    public void event(String name, String data) throws IOException {
        send(sse.newEventBuilder().name(name).data(String.class, data).build());
    }

    @Override
    public void keepAlive() throws IOException {
        send(sse.newEventBuilder().comment("still here").build());
    }

    private void send(OutboundSseEvent event) throws IOException {
        if (sink.isClosed()) {
            throw new IOException("the stream is closed");
        }
        try {
            sink.send(event).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new IOException(e.getCause());
        }
    }

    @Override
    public void close() {
        try {
            sink.close();
        } catch (RuntimeException alreadyGone) {
            // The other side left first.
        }
    }
}
