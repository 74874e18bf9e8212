package org.cranny.client.desktop;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** What one caller asks, a line after the other. Whoever hangs up interrupts the thread that works for them. */
final class Questions implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final BlockingQueue<String> asked = new ArrayBlockingQueue<>(1);
    private final Thread listening;

    /** @param worker is interrupted when nobody is there any more */
    Questions(InputStream in, Thread worker) {
        listening = new Thread(() -> listen(in, worker), "desktop-listening");
        listening.setDaemon(true);
        listening.start();
    }

    private void listen(InputStream in, Thread worker) {
        try {
            for (String line = Lines.read(in); line != null; line = Lines.read(in)) {
                asked.put(line);
            }
        } catch (IOException | InterruptedException gone) {
            // It is what was waited for.
        }
        worker.interrupt();
    }

    /** The next question; null when the caller has hung up, or asks nothing for two minutes. */
    String next() {
        try {
            return asked.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hungUp) {
            return null;
        }
    }

    /** Listens no more, and whoever works is not interrupted any more: what is over can be written down. */
    void end() {
        listening.interrupt();
        while (listening.isAlive()) {
            try {
                listening.join();
            } catch (InterruptedException itsLastWord) {
                continue;
            }
        }
        Thread.interrupted();
    }

    @Override
    public void close() {
        listening.interrupt();
    }
}
