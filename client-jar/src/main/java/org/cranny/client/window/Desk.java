package org.cranny.client.window;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.swing.SwingUtilities;

/**
 * Where the window's work is done: one piece after the other, on a thread of its own, never on the event thread; what came
 * of it is told on the event thread. One at a time also because a process takes a home's lock once.
 */
final class Desk implements AutoCloseable {
    private final ExecutorService thread;
    private final Function<Throwable, String> line;

    /** A piece of work. */
    interface Work<T> {
        T run() throws IOException, InterruptedException;
    }

    /** @param line what people are told of a failure */
    Desk(String name, Function<Throwable, String> line) {
        this.line = line;
        thread = Executors.newSingleThreadExecutor(work -> {
            Thread made = new Thread(work, name);
            made.setDaemon(true);
            return made;
        });
    }

    /** Work that was asked for. */
    static final class Asked {
        private Thread worker;
        private boolean cancelled;

        /** It ends as soon as it can, and tells so as a failure. Does nothing when it is over. */
        synchronized void cancel() {
            cancelled = true;
            if (worker != null) {
                worker.interrupt();
            }
        }

        private synchronized void begin() throws InterruptedException {
            if (cancelled) {
                throw new InterruptedException();
            }
            worker = Thread.currentThread();
        }

        /** Nobody interrupts the thread any more, which goes on to other work. */
        private synchronized void end() {
            worker = null;
            Thread.interrupted();
        }

        synchronized boolean isCancelled() {
            return cancelled;
        }
    }

    /** @param then hears the result @param otherwise hears one line that says what is wrong and what to do */
    <T> Asked ask(Work<T> work, Consumer<T> then, Consumer<String> otherwise) {
        Asked asked = new Asked();
        if (thread.isShutdown()) {
            return asked;
        }
        thread.execute(() -> {
            try {
                asked.begin();
                T result = work.run();
                SwingUtilities.invokeLater(() -> then.accept(result));
            } catch (IOException | InterruptedException | RuntimeException failed) {
                String told = line.apply(asked.isCancelled() ? new InterruptedException() : failed);
                SwingUtilities.invokeLater(() -> otherwise.accept(told));
            } finally {
                asked.end();
            }
        });
        return asked;
    }

    /** What runs is interrupted, what waits or comes later is dropped. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
