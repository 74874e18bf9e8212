package org.cranny.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Waits for a condition, looking often and for a bounded time. */
public final class Await {

    private static final Duration LOOK = Duration.ofMillis(100);

    private Await() {}

    /** Returns as soon as {@code ready} holds; fails at once when the process has ended, with the end of its log. */
    static void ready(String what, Duration limit, Running process, Path log, BooleanSupplier ready) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!ready.getAsBoolean()) {
            if (!process.alive()) {
                throw new ClusterException(what + " ended while it started. Its log is " + log + tail(log));
            }
            if (System.nanoTime() > deadline) {
                throw new ClusterException(
                        what + " was not ready after " + limit.toSeconds() + " s. Its log is " + log + tail(log));
            }
            pause();
        }
    }

    public static void until(String what, Duration limit, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new ClusterException(what + " did not happen within " + limit.toSeconds() + " s.");
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted while waiting.");
        }
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log, java.nio.charset.StandardCharsets.ISO_8859_1);
            return ", which ends:\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
        } catch (IOException unreadable) {
            return ".";
        }
    }
}
