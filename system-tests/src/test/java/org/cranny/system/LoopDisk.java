package org.cranny.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cranny.cluster.Command;

/** A small file system of its own in a file; needs root. */
final class LoopDisk implements AutoCloseable {

    private final Path mountPoint;

    private LoopDisk(Path mountPoint) {
        this.mountPoint = mountPoint;
    }

    static LoopDisk make(Path folder, long bytes) throws IOException {
        Path image = folder.resolve("disk.img");
        try (var file = new java.io.RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(bytes);
        }
        Path mountPoint = Files.createDirectory(folder.resolve("disk"));
        run("mkfs.ext4", "-q", "-m", "0", image.toString());
        run("mount", "-o", "loop", image.toString(), mountPoint.toString());
        return new LoopDisk(mountPoint);
    }

    Path folder() {
        return mountPoint;
    }

    @Override
    public void close() {
        run("umount", "--lazy", mountPoint.toString());
    }

    private static void run(String... command) {
        Command.Outcome outcome = Command.run(Path.of("/"), List.of(command), Map.of());
        if (outcome.exit() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + outcome.errors());
        }
    }
}
