package org.cranny.engine.backup;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Work in the order in which it was found, some of which has to wait for readers. A step runs when all before it have
 * run; the octets that wait are bounded, and so is the memory. One thread.
 */
final class Steps {
    private static final long MOST_WAITING = 4 << 20;
    private static final int COST = 512;

    private final Deque<Waiting> queue = new ArrayDeque<>();
    private long waiting;

    @FunctionalInterface
    interface Step {
        void run() throws IOException, InterruptedException;
    }

    private record Waiting(Step step, long octets) {}

    /** Queues a step that holds so many octets in memory, and runs those at the head while too much waits. */
    void then(long octets, Step step) throws IOException, InterruptedException {
        queue.add(new Waiting(step, octets + COST));
        waiting += octets + COST;
        while (waiting > MOST_WAITING) {
            runNext();
        }
    }

    void runAll() throws IOException, InterruptedException {
        while (!queue.isEmpty()) {
            runNext();
        }
    }

    private void runNext() throws IOException, InterruptedException {
        Waiting head = queue.remove();
        waiting -= head.octets();
        head.step().run();
    }
}
