package org.cranny.protocol.kill;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * An ext4 of its own on a block device with a volatile cache: a power cut loses what was written and not forced. nbdkit
 * keeps the cache, nbdfuse shows it as a file, and a loop device makes a block device of that; needs root.
 */
public final class VolatileDisk implements AutoCloseable {
    private static final long SECONDS = 20;
    private static final long SMALLEST = 8 << 20;
    private static final long PAUSE_NANOS = 5_000_000;

    private final Path folder;
    private final Path image;
    private final Path cached;
    private final Path mountPoint;
    private final Path broken;
    private final long bytes;
    private final Fault fault;
    private Process nbdkit;
    private Process nbdfuse;
    private String loop;

    private VolatileDisk(Path folder, long bytes, Fault fault) {
        this.folder = folder;
        this.bytes = bytes;
        this.fault = fault;
        image = folder.resolve("image");
        cached = folder.resolve("cached");
        mountPoint = folder.resolve("disk");
        broken = folder.resolve("broken");
    }

    /** Whether the programs and devices are here, and may be used: tries it. @param folder empty */
    public static boolean isPossible(Path folder) throws IOException, InterruptedException {
        boolean isHere = Stream.of("/dev/fuse", "/dev/loop-control", "/usr/bin/nbdkit", "/usr/bin/nbdfuse")
                .map(Path::of)
                .allMatch(Files::exists);
        if (!isHere) {
            return false;
        }
        try (VolatileDisk disk = make(folder, SMALLEST)) {
            return Files.isWritable(disk.root());
        } catch (FileSystemLostException | AssertionError e) {
            return false;
        }
    }

    /**
     * Makes one and switches it on.
     *
     * @param folder where its files are kept, and the place where it is mounted
     */
    public static VolatileDisk make(Path folder, long bytes) throws IOException, InterruptedException {
        return make(folder, bytes, new Fault(false, 100));
    }

    /**
     * What fails, with EIO, between {@link #breakDown} and {@link #mend}.
     *
     * @param behindTheCache what goes on between the cache and the medium, so that flushes fail; otherwise reads and writes
     * @param percent how many of them fail
     */
    public record Fault(boolean behindTheCache, int percent) {}

    /** What failed took the file system along: it cannot be mounted any more, as if the disk were lost. */
    public static final class FileSystemLostException extends IOException {
        private static final long serialVersionUID = 1L;

        private FileSystemLostException(String said) {
            super(said);
        }
    }

    public static VolatileDisk make(Path folder, long bytes, Fault fault) throws IOException, InterruptedException {
        VolatileDisk disk = new VolatileDisk(folder, bytes, fault);
        try (RandomAccessFile file = new RandomAccessFile(disk.image.toFile(), "rw")) {
            file.setLength(bytes);
        }
        Files.createFile(disk.cached);
        Files.createDirectory(disk.mountPoint);
        run("mkfs.ext4", "-q", "-m", "0", disk.image.toString());
        disk.switchOn();
        return disk;
    }

    /** Where it is mounted. */
    public Path root() {
        return mountPoint;
    }

    /** Forces all that was written. */
    public void sync() throws IOException, InterruptedException {
        run("sync", "--file-system", mountPoint.toString());
    }

    /**
     * Cuts the power and switches it on again; ext4 replays its journal. Who works on it must be dead.
     *
     * @throws FileSystemLostException when it cannot
     */
    public void cut() throws IOException, InterruptedException {
        switchOff();
        switchOn();
    }

    /** From now on its {@link Fault} shows; what is in the kernel's cache can still be read. */
    public void breakDown() throws IOException {
        Files.createFile(broken);
    }

    /** Ends what {@link #breakDown} began. */
    public void mend() throws IOException {
        Files.deleteIfExists(broken);
    }

    /** The socket has a name relative to the folder: a longer one may be too long for a socket. */
    private void switchOn() throws IOException, InterruptedException {
        try {
            Files.deleteIfExists(folder.resolve("ready"));
            Files.deleteIfExists(folder.resolve("socket"));
            nbdkit = device(
                    "nbdkit",
                    "--foreground",
                    "--unix=socket",
                    "--pidfile=ready",
                    "--filter=" + (fault.behindTheCache() ? "cache" : "error"),
                    "--filter=" + (fault.behindTheCache() ? "error" : "cache"),
                    "file",
                    image.toString(),
                    "cache=writeback",
                    "error-rate=" + fault.percent() + "%",
                    "error-file=" + broken);
            await(nbdkit, () -> Files.exists(folder.resolve("ready")));
            nbdfuse = device("nbdfuse", cached.toString(), "nbd+unix:///?socket=socket");
            await(nbdfuse, () -> Files.size(cached) == bytes);
            loop = run("losetup", "--find", "--show", cached.toString()).strip();
            mount();
        } catch (IOException | InterruptedException | AssertionError e) {
            switchOff();
            throw e;
        }
    }

    private void mount() throws IOException, InterruptedException {
        try {
            run("mount", "-t", "ext4", loop, mountPoint.toString());
        } catch (AssertionError e) {
            throw new FileSystemLostException(e.getMessage());
        }
    }

    private Process device(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("TMPDIR", folder.toString());
        return builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private void await(Process device, Condition ready) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!ready.holds()) {
            if (!device.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("no device: " + Files.readString(folder.resolve("said")));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void switchOff() throws IOException, InterruptedException {
        for (Process each : new Process[] {nbdkit, nbdfuse}) {
            if (each != null) {
                each.destroyForcibly();
                exit(each);
            }
        }
        exit(start(List.of("umount", "--lazy", mountPoint.toString())));
        if (loop != null) {
            exit(start(List.of("losetup", "--detach", loop)));
            loop = null;
        }
        exit(start(List.of("umount", "--lazy", cached.toString())));
        nbdkit = null;
        nbdfuse = null;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        switchOff();
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = start(List.of(command));
        int exit = exit(process);
        String said = new String(process.getInputStream().readAllBytes());
        if (exit != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + said);
        }
        return said;
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static int exit(Process process) throws InterruptedException {
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(process.info().commandLine().orElse("a program") + " did not end");
        }
        return process.exitValue();
    }
}
