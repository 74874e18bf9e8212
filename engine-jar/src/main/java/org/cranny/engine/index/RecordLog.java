package org.cranny.engine.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * An append-only file of checked records: length 4, CRC-32C 4, octets. A torn or damaged tail is cut off when it is
 * opened. Appending is for one thread, reading for many.
 */
final class RecordLog implements AutoCloseable {
    private static final int FRAME = 2 * Integer.BYTES;
    private static final int LONGEST = 16 << 20;

    private final Disk disk;
    private final Path file;
    private final FileChannel channel;
    private final byte[] magic;
    private volatile long end;

    /** Hears of every record that is there when the log is opened. */
    interface Reader {
        void record(long position, byte[] octets) throws IOException;
    }

    private RecordLog(Disk disk, Path file, FileChannel channel, byte[] magic) {
        this.disk = disk;
        this.file = file;
        this.channel = channel;
        this.magic = magic;
    }

    /** Opens the log as it was when it had {@code length} octets; 0 begins it anew. */
    static RecordLog open(Disk disk, Path file, byte[] magic, long length, Reader reader) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        RecordLog log = new RecordLog(disk, file, channel, magic);
        try {
            log.load(length, reader);
            return log;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void load(long length, Reader reader) throws IOException {
        if (length == 0) {
            disk.truncate(channel, file, 0);
            disk.write(channel, file, ByteBuffer.wrap(magic), 0);
            end = magic.length;
            return;
        }
        byte[] begin = new byte[magic.length];
        if (channel.size() < length) {
            throw new IndexDamagedException(file, "it is shorter than it was");
        }
        Disk.readFully(channel, ByteBuffer.wrap(begin), 0);
        if (!Arrays.equals(begin, magic)) {
            throw new IndexDamagedException(file, "its magic is unknown");
        }
        end = length;
        for (long at = magic.length; at < length; ) {
            byte[] octets = read(at);
            reader.record(at, octets);
            at += FRAME + octets.length;
        }
        if (channel.size() > length) {
            disk.truncate(channel, file, length);
        }
    }

    /** The octets that count; what {@link #open} takes. */
    long end() {
        return end;
    }

    /** Writes a record and returns its position; durable after {@link #force()}. */
    long append(byte[] octets) throws IOException {
        ByteBuffer framed = ByteBuffer.allocate(FRAME + octets.length)
                .putInt(octets.length)
                .putInt(Checksum.of(octets, 0, octets.length))
                .put(octets)
                .flip();
        long position = end;
        disk.write(channel, file, framed, position);
        end = position + FRAME + octets.length;
        return position;
    }

    byte[] read(long position) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(FRAME);
        if (position + FRAME > end) {
            throw new IndexDamagedException(file, "a record begins behind its end");
        }
        Disk.readFully(channel, frame, position);
        int length = frame.getInt(0);
        if (length < 0 || length > LONGEST || position + FRAME + length > end) {
            throw new IndexDamagedException(file, "the record at " + position + " has no possible length");
        }
        byte[] octets = new byte[length];
        Disk.readFully(channel, ByteBuffer.wrap(octets), position + FRAME);
        if (frame.getInt(Integer.BYTES) != Checksum.of(octets, 0, length)) {
            throw new IndexDamagedException(file, "the checksum of the record at " + position + " differs");
        }
        return octets;
    }

    void force() throws IOException {
        disk.force(channel, file);
    }

    Path file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
