package org.cranny.web.pages.live;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * One open page that is told which jobs run. It takes itself out of those that are told when it ends. Thread-safe: once it
 * ended, nothing is written any more, because the server answers others with what it wrote to.
 */
final class LiveStream implements AsyncListener {
    private static final Jsonb JSON = JsonbBuilder.create();
    private static final int SILENT_LOOKS = 10;

    private final AsyncContext stream;
    private final Set<Long> sight;
    private final Queue<LiveStream> open;
    private String told = "";
    private int silentFor;
    private boolean ended;

    /** @param sight numbers of the systems that the page may show; null for all */
    LiveStream(AsyncContext stream, Set<Long> sight, long longestMillis, Queue<LiveStream> open) {
        this.stream = stream;
        this.sight = sight;
        this.open = open;
        stream.setTimeout(longestMillis);
        stream.addListener(this);
    }

    boolean seesAll() {
        return sight == null;
    }

    Set<Long> sight() {
        return sight;
    }

    /** @return whether the page is still there */
    boolean begin(List<RunningJob> jobs) {
        told = JSON.toJson(jobs);
        return write("retry: 3000\ndata: " + told + "\n\n");
    }

    /** Says what is new, and now and then that it is still there. @return whether the page is */
    boolean tell(List<RunningJob> jobs) {
        String now = JSON.toJson(jobs);
        if (!now.equals(told)) {
            told = now;
            silentFor = 0;
            return write("data: " + now + "\n\n");
        }
        silentFor = (silentFor + 1) % SILENT_LOOKS;
        return silentFor != 0 || write(": still here\n\n");
    }

    private synchronized boolean write(String event) {
        if (ended) {
            return false;
        }
        try {
            var out = stream.getResponse().getWriter();
            out.write(event);
            out.flush();
            return !out.checkError();
        } catch (IOException | IllegalStateException gone) {
            return false;
        }
    }

    void end() {
        leave();
        try {
            stream.complete();
        } catch (IllegalStateException already) {
            // It ended by itself.
        }
    }

    private synchronized void leave() {
        ended = true;
        open.remove(this);
    }

    @Override
    public void onComplete(AsyncEvent event) {
        leave();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end();
    }

    @Override
    public void onError(AsyncEvent event) {
        leave();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
