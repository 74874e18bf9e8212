package org.cranny.client.home;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets one process change a home, or several read it. The kernel lets go when the process ends, however it ends; and also
 * when the process closes the lock's file after opening it once more, be it only to read. So nobody opens a file that this
 * process has locked, and who changes the home stands in a file beside it, {@code lock.holder}, for the message that others
 * get.
 */
public final class HomeLock implements AutoCloseable {
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;
    private final boolean alone;

    private HomeLock(Path file, FileChannel channel, boolean alone) {
        this.file = file;
        this.channel = channel;
        this.alone = alone;
    }

    /** For the one process that changes the home. @param work that it does, for example {@code backup} */
    static HomeLock alone(Path file, String work) throws IOException {
        HomeLock lock = take(file, true);
        try {
            String holder = ProcessHandle.current().pid() + " " + work + "\n";
            Files.writeString(named(lock.file), holder, StandardCharsets.US_ASCII);
            return lock;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** For one of several processes that read what the home holds. */
    static HomeLock shared(Path file) throws IOException {
        return take(file, false);
    }

    private static HomeLock take(Path file, boolean alone) throws IOException {
        Path real = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
        if (!OURS.add(real)) {
            throw busy(real);
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(real, CREATE, READ, WRITE);
            if (channel.tryLock(0, Long.MAX_VALUE, !alone) == null) {
                throw busy(real);
            }
            return new HomeLock(real, channel, alone);
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            OURS.remove(real);
            throw e;
        }
    }

    private static HomeBusyException busy(Path file) {
        return new HomeBusyException(holder(file)
                .map(holder -> "Another " + holder.work() + " of this machine is running (process " + holder.process()
                        + "). Wait for it to end, or stop it.")
                .orElse("Another command is reading this machine's backups, for example a restore. Wait for it to"
                        + " end, or stop it."));
    }

    /** The process that changes the home, and for what. */
    record Holder(long process, String work) {}

    /** Who has this lock alone, or was killed while it had; empty when nobody. */
    static Optional<Holder> holder(Path file) {
        try {
            String[] words = Files.readString(named(file), StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ", 2);
            return words.length == 2 && words[0].matches("[0-9]{1,18}")
                    ? Optional.of(new Holder(Long.parseLong(words[0]), words[1]))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static Path named(Path file) {
        return file.resolveSibling(file.getFileName() + ".holder");
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            if (alone) {
                Files.deleteIfExists(named(file));
            }
        } finally {
            OURS.remove(file);
        }
    }
}
