package org.cranny.engine.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicInteger;

/** An attacker who may write into the target: puts a link in the place of a directory, and takes it away again. */
final class SwappingThread extends Thread {
    private final Path directory;
    private final Path outside;
    private final AtomicInteger swaps = new AtomicInteger();
    private volatile boolean ended;

    SwappingThread(Path directory, Path outside) {
        this.directory = directory;
        this.outside = outside;
        setDaemon(true);
    }

    @Override
    public void run() {
        for (int round = 0; !ended; round++) {
            Path aside = directory.resolveSibling("aside-" + round);
            if (move(directory, aside)) {
                if (link()) {
                    swaps.incrementAndGet();
                    unlink();
                }
                move(aside, directory);
            }
        }
    }

    private boolean link() {
        try {
            Files.createSymbolicLink(directory, outside);
            return true;
        } catch (IOException lost) {
            return false;
        }
    }

    private void unlink() {
        try {
            Files.delete(directory);
        } catch (IOException e) {
            throw new IllegalStateException(e);
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
