package org.cranny.engine.posix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder for one test, on the disk of the build; removed by {@code rm}, because Java cannot delete long paths. */
public final class Scrap implements AutoCloseable {
    private final Path folder;

    public Scrap() throws IOException {
        folder = Files.createTempDirectory("posix-test").toRealPath();
    }

    public Path path() {
        return folder;
    }

    /** The folder, opened for reading; whoever asks closes it. */
    public int open() throws IOException {
        return Posix.here().open(Posix.CWD, PathBytes.of(folder), Posix.O_RDONLY | Posix.O_DIRECTORY, 0);
    }

    public static byte[] name(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        new ProcessBuilder("chmod", "-R", "u+rwx", folder.toString()).start().waitFor();
        int ended = new ProcessBuilder("rm", "-rf", folder.toString())
                .inheritIO()
                .start()
                .waitFor();
        if (ended != 0) {
            throw new IOException("could not remove " + folder);
        }
    }
}
