package org.cranny.engine.segment;

import java.util.concurrent.ConcurrentLinkedDeque;

/** As many {@link Scratch}es as threads were ever at work at once. Thread-safe. */
final class Scratches implements AutoCloseable {
    private final ConcurrentLinkedDeque<Scratch> idle = new ConcurrentLinkedDeque<>();

    Scratch lend() {
        Scratch scratch = idle.pollFirst();
        return scratch == null ? new Scratch() : scratch;
    }

    void giveBack(Scratch scratch) {
        idle.addFirst(scratch);
    }

    @Override
    public void close() {
        for (Scratch scratch = idle.pollFirst(); scratch != null; scratch = idle.pollFirst()) {
            scratch.close();
        }
    }
}
