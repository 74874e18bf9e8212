package org.cranny.engine.pack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;

/** A file that is written front to back and named by its octets on the way. */
final class HashedFile implements AutoCloseable {
    private static final int STEP = 128 << 10;

    private final FileChannel channel;
    private final FragmentHasher hasher = new FragmentHasher();

    HashedFile(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    void write(byte[] octets, int length) throws IOException {
        for (int from = 0; from < length; from += STEP) {
            int step = Math.min(STEP, length - from);
            hasher.update(octets, from, step);
            ByteBuffer part = ByteBuffer.wrap(octets, from, step);
            while (part.hasRemaining()) {
                channel.write(part);
            }
        }
    }

    long length() {
        return hasher.length();
    }

    FragmentId finish() {
        return hasher.finish();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
