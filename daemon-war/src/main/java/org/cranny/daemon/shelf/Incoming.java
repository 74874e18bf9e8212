package org.cranny.daemon.shelf;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;

/** What comes in, until it is known to be what it claims to be. Worthless after a crash. */
final class Incoming {
    private final Disk disk;
    private final Path folder;
    private final Buffers buffers = new Buffers();

    Incoming(Disk disk, Path folder) {
        this.disk = disk;
        this.folder = folder;
    }

    /** Deletes what a crash left behind. */
    void sweep() throws IOException {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder)) {
            for (Path part : parts) {
                Files.delete(part);
            }
        }
    }

    /** Writes a body to the disk and hashes it meanwhile. */
    Arrival receive(long length, InputStream body) throws IOException {
        Arrival arrival = new Arrival(folder.resolve(UUID.randomUUID() + ".part"));
        try {
            arrival.id = stream(body, length, arrival.out);
            return arrival;
        } catch (IOException | RuntimeException e) {
            arrival.close();
            throw e;
        }
    }

    /** A file without a name that counts; deleted when closed, if it was not moved. */
    final class Arrival implements Closeable {
        private final Path file;
        private final Disk.Part out;
        private FragmentId id;

        private Arrival(Path file) throws IOException {
            this.file = file;
            out = disk.create(file);
        }

        Path file() {
            return file;
        }

        /** What its octets hash to. */
        FragmentId id() {
            return id;
        }

        void force() throws IOException {
            out.force();
        }

        @Override
        public void close() throws IOException {
            try (out) {
                Files.deleteIfExists(file);
            }
        }
    }

    private FragmentId stream(InputStream body, long length, Disk.Part out) throws IOException {
        byte[] buffer = buffers.take();
        try {
            FragmentHasher hasher = new FragmentHasher();
            for (long rest = length; rest > 0; ) {
                int count = fill(body, buffer, (int) Math.min(buffer.length, rest));
                hasher.update(buffer, 0, count);
                out.write(ByteBuffer.wrap(buffer, 0, count));
                rest -= count;
            }
            return hasher.finish();
        } finally {
            buffers.giveBack(buffer);
        }
    }

    private static int fill(InputStream body, byte[] buffer, int wanted) throws BrokenBodyException {
        try {
            int count = body.readNBytes(buffer, 0, wanted);
            if (count < wanted) {
                throw new BrokenBodyException("the body ended early", null);
            }
            return count;
        } catch (BrokenBodyException e) {
            throw e;
        } catch (IOException e) {
            throw new BrokenBodyException("the body did not come whole", e);
        }
    }
}
