package org.cranny.central.authority;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Central's home on disk. A file is there whole or not at all, on disk before anything builds on it, and readable by
 * its owner alone.
 */
final class HomeFolder {
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");

    private final Path home;

    HomeFolder(Path home) {
        this.home = home.toAbsolutePath().normalize();
    }

    Path path() {
        return home;
    }

    Path path(String name) {
        return home.resolve(name);
    }

    boolean has(String name) {
        return !Files.notExists(home.resolve(name));
    }

    byte[] read(String name) throws IOException {
        return Files.readAllBytes(home.resolve(name));
    }

    String readText(String name) throws IOException {
        return Files.readString(home.resolve(name)).strip();
    }

    void write(String name, String text) throws IOException {
        write(name, (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void write(String name, byte[] octets) throws IOException {
        writeSecret(home.resolve(name), octets);
    }

    void move(String from, String to) throws IOException {
        Files.move(home.resolve(from), home.resolve(to), StandardCopyOption.ATOMIC_MOVE);
        sync(home);
    }

    /** Overwrites a file and takes its name away; nothing when there is none. */
    void wipe(String name) throws IOException {
        Path file = home.resolve(name);
        if (Files.notExists(file)) {
            return;
        }
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocate((int) out.size());
            while (zeros.hasRemaining()) {
                out.write(zeros);
            }
            out.force(true);
        }
        Files.delete(file);
        sync(file.getParent());
    }

    static void writeSecret(Path file, byte[] octets) throws IOException {
        Path folder = file.getParent();
        makeFolder(folder);
        Path part = folder.resolve(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(OWNER_FILE));
        try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(octets);
            while (left.hasRemaining()) {
                out.write(left);
            }
            out.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        sync(folder);
    }

    private static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            makeFolder(folder.toAbsolutePath().getParent());
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_FOLDER));
            sync(folder.toAbsolutePath().getParent());
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
