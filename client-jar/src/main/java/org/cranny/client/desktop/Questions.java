package org.cranny.client.desktop;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** What one caller asks, a line after the other. Whoever hangs up interrupts the thread that works for them. */
final class Questions implements AutoCloseable {
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

    /** The next question; null when the caller has hung up. */
    String next() {
        try {
            return asked.take();
        } catch (InterruptedException hungUp) {
            return null;
        }
    }

    @Override
    public void close() {
        listening.interrupt();
    }
}
