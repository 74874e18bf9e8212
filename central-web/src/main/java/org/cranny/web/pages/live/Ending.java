package org.cranny.web.pages.live;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.util.Queue;

/** Takes a stream that ended, or whose time is over, out of those that are told. */
final class Ending implements AsyncListener {
    private final Queue<AsyncContext> open;

    Ending(Queue<AsyncContext> open) {
        this.open = open;
    }

    static void end(AsyncContext stream) {
        try {
            stream.complete();
        } catch (IllegalStateException already) {
            // It ended by itself.
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        open.remove(event.getAsyncContext());
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        open.remove(event.getAsyncContext());
        end(event.getAsyncContext());
    }

    @Override
    public void onError(AsyncEvent event) {
        open.remove(event.getAsyncContext());
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
