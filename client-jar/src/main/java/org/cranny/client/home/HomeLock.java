package org.cranny.client.home;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Held by the one process that may change a home. The kernel lets go of it when the process ends, however it ends.
 * The file names the holder's process, for the message that others get.
 */
public final class HomeLock implements AutoCloseable {
    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    static HomeLock take(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, CREATE, WRITE);
        if (!locked(channel)) {
            channel.close();
            throw new HomeException(
                    "Another backup of this machine is running" + holder(file) + ". Wait for it to end, or stop it.");
        }
        byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(pid), 0);
        return new HomeLock(channel);
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    private static String holder(Path file) throws IOException {
        String pid = Files.readString(file).strip();
        return pid.isEmpty() ? "" : " (process " + pid + ")";
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
