package org.cranny.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Somebody who makes, appends to, cuts short, renames and deletes files of one folder as fast as possible. */
final class Restlessness implements AutoCloseable {

    private static final byte[] SOME = new byte[40_000];

    private final Path folder;
    private final int files;
    private final Random random = new Random(1);
    private final AtomicLong changes = new AtomicLong();
    private final Thread thread = new Thread(this::change, "restless");
    private volatile boolean enough;

    private Restlessness(Path folder, int files) {
        this.folder = folder;
        this.files = files;
    }

    static Restlessness in(Path folder, int files) throws IOException {
        Restlessness restlessness = new Restlessness(folder, files);
        for (int i = 0; i < files; i++) {
            Files.write(restlessness.file(i), SOME);
        }
        restlessness.thread.setDaemon(true);
        restlessness.thread.start();
        return restlessness;
    }

    long changes() {
        return changes.get();
    }

    private Path file(int number) {
        return folder.resolve("file-" + number);
    }

    private void change() {
        try {
            while (!enough) {
                changeOne(file(random.nextInt(files)));
                changes.incrementAndGet();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void changeOne(Path file) throws IOException {
        switch (random.nextInt(4)) {
            case 0 -> Files.deleteIfExists(file);
            case 1 -> Files.write(file, SOME, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            case 2 -> Files.write(file, new byte[] {1});
            default -> Files.write(file, SOME);
        }
    }

    @Override
    public void close() throws InterruptedException {
        enough = true;
        thread.join();
    }
}
