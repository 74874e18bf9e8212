package org.cranny.client.home;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Lets one process change a home, or several read it. The kernel lets go when the process ends, however it ends.
 * The file names the process that changes, for the message that others get.
 */
public final class HomeLock implements AutoCloseable {
    private final FileChannel channel;
    private final boolean alone;

    private HomeLock(FileChannel channel, boolean alone) {
        this.channel = channel;
        this.alone = alone;
    }

    /** For the one process that changes the home. @param work that it does, for example {@code backup} */
    static HomeLock alone(Path file, String work) throws IOException {
        HomeLock lock = take(file, true);
        byte[] holder = (ProcessHandle.current().pid() + " " + work + "\n").getBytes(StandardCharsets.US_ASCII);
        lock.channel.truncate(0);
        lock.channel.write(ByteBuffer.wrap(holder), 0);
        return lock;
    }

    /** For one of several processes that read what the home holds. */
    static HomeLock shared(Path file) throws IOException {
        return take(file, false);
    }

    private static HomeLock take(Path file, boolean alone) throws IOException {
        FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
        if (!locked(channel, alone)) {
            channel.close();
            throw new HomeBusyException(holder(file)
                    .map(holder -> "Another " + holder.work() + " of this machine is running (process "
                            + holder.process() + "). Wait for it to end, or stop it.")
                    .orElse("Another command is reading this machine's backups, for example a restore. Wait for it to"
                            + " end, or stop it."));
        }
        return new HomeLock(channel, alone);
    }

    private static boolean locked(FileChannel channel, boolean alone) throws IOException {
        try {
            return channel.tryLock(0, Long.MAX_VALUE, !alone) != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    /** The process that changes the home, and for what. */
    record Holder(long process, String work) {}

    /** Who the lock's file names; empty when it names nobody. */
    static Optional<Holder> holder(Path file) {
        try {
            String[] words =
                    Files.readString(file, StandardCharsets.US_ASCII).strip().split(" ", 2);
            return words.length == 2 && words[0].matches("[0-9]{1,18}")
                    ? Optional.of(new Holder(Long.parseLong(words[0]), words[1]))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Also in a thread that is being stopped: else the file would name its process for as long as that lives. */
    @Override
    public void close() throws IOException {
        boolean stopping = Thread.interrupted();
        try (channel) {
            if (alone) {
                channel.truncate(0);
            }
        } finally {
            if (stopping) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
