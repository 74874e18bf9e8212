package org.cranny.engine.index;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Every change that the index makes to the disk, one by one, so that a test can stop before any of them. */
final class Disk {
    private final Observer observer;

    /** Hears of a change just before it is made. */
    interface Observer {
        void before(Change change, Path file) throws IOException;
    }

    /** What can happen to a file or, with {@link #FORCE_FOLDER}, to a folder. */
    enum Change {
        WRITE,
        FORCE,
        MOVE,
        FORCE_FOLDER,
        TRUNCATE,
        DELETE
    }

    Disk(Observer observer) {
        this.observer = observer;
    }

    static Disk real() {
        return new Disk((change, file) -> {});
    }

    void write(FileChannel channel, Path file, ByteBuffer octets, long position) throws IOException {
        observer.before(Change.WRITE, file);
        long at = position;
        while (octets.hasRemaining()) {
            at += channel.write(octets, at);
        }
    }

    void force(FileChannel channel, Path file) throws IOException {
        observer.before(Change.FORCE, file);
        channel.force(true);
    }

    /** Gives a forced file its final name, durably. */
    void publish(Path part, Path named) throws IOException {
        observer.before(Change.MOVE, named);
        Files.move(part, named, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(named.getParent());
    }

    void forceFolder(Path folder) throws IOException {
        observer.before(Change.FORCE_FOLDER, folder);
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    void truncate(FileChannel channel, Path file, long length) throws IOException {
        observer.before(Change.TRUNCATE, file);
        channel.truncate(length);
    }

    void delete(Path file) throws IOException {
        observer.before(Change.DELETE, file);
        Files.deleteIfExists(file);
    }

    static void readFully(FileChannel channel, ByteBuffer into, long position) throws IOException {
        long at = position;
        while (into.hasRemaining()) {
            int count = channel.read(into, at);
            if (count < 0) {
                throw new EOFException("a file of the local index ends at octet " + at);
            }
            at += count;
        }
    }
}
