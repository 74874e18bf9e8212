package org.cranny.engine.pack;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A pack in a file of its own. Thread-safe. */
public final class PackFile implements RangeSource, AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private PackFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    public static PackFile open(Path file) throws IOException {
        return new PackFile(file, FileChannel.open(file, StandardOpenOption.READ));
    }

    @Override
    public byte[] read(long offset, int length) throws IOException {
        ByteBuffer octets = ByteBuffer.allocate(length);
        while (octets.hasRemaining()) {
            if (channel.read(octets, offset + octets.position()) < 0) {
                throw new EOFException(file + " ends before octet " + (offset + length));
            }
        }
        return octets.array();
    }

    @Override
    public long length() throws IOException {
        return channel.size();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
