package org.cranny.engine.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicInteger;

/** An attacker who may write into the target: puts a link in the place of a directory, and takes it away again. */
final class SwappingThread extends Thread {
    private final Path directory;
    private final Path bait;
    private final AtomicInteger swaps = new AtomicInteger();
    private volatile boolean ended;

    SwappingThread(Path directory, Path bait) {
        this.directory = directory;
        this.bait = bait;
        setDaemon(true);
    }

    @Override
    public void run() {
        Path aside = directory.resolveSibling("aside");
        while (!ended) {
            if (move(directory, aside)) {
                move(bait, directory);
                swaps.incrementAndGet();
                move(directory, bait);
                move(aside, directory);
            }
        }
    }

    /** Whoever loses against the restore tries again. */
    private static boolean move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException lost) {
            return false;
        }
    }

    int swaps() {
        return swaps.get();
    }

    void end() throws InterruptedException {
        ended = true;
        join();
    }
}
