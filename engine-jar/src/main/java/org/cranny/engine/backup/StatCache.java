package org.cranny.engine.backup;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.cranny.engine.chunking.ChunkId;

/**
 * What each directory looked like at the last backup: its node, and one {@link StatHash} for itself and each entry, in
 * the order of names. An unchanged directory is recognised by comparing numbers; nothing is opened.
 *
 * <p>A backup reads the last cache and writes the next one, which replaces it when the backup is done; a lost cache
 * costs time only. Local and private to this machine, so its layout may change with any release:
 * magic, then records ({@code 32 node, u32 count, count × u64}), then an index sorted by path hash
 * ({@code u64 hash, u64 offset}), then {@code u64 records in the index}. Memory: 16 octets a directory.
 */
final class StatCache implements Closeable {
    private static final long MAGIC = 0x43524e5953430001L;
    private static final int HEAD = ChunkId.LENGTH + Integer.BYTES;

    private final FileChannel file;
    private final long[] hashes;
    private final long[] offsets;

    private StatCache(FileChannel file, long[] hashes, long[] offsets) {
        this.file = file;
        this.hashes = hashes;
        this.offsets = offsets;
    }

    /** What is known of one directory. */
    record Known(ChunkId node, long[] entries) {}

    /** Opens the cache, or an empty one when there is none or it is damaged. */
    static StatCache open(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            return new StatCache(null, new long[0], new long[0]);
        }
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        long size = file.size();
        long count = size < 16 ? -1 : longAt(file, size - 8);
        if (count < 0 || count > (size - 16) / 16 || longAt(file, 0) != MAGIC) {
            file.close();
            return new StatCache(null, new long[0], new long[0]);
        }
        ByteBuffer index = read(file, size - 8 - count * 16, (int) (count * 16));
        long[] hashes = new long[(int) count];
        long[] offsets = new long[(int) count];
        for (int i = 0; i < count; i++) {
            hashes[i] = index.getLong();
            offsets[i] = index.getLong();
        }
        return new StatCache(file, hashes, offsets);
    }

    /** What is known of the directory at this path, or null, also when its record cannot be. */
    Known find(byte[] path) throws IOException {
        int at = Arrays.binarySearch(hashes, hash(path));
        if (at < 0 || offsets[at] < Long.BYTES || offsets[at] > file.size() - HEAD) {
            return null;
        }
        ByteBuffer head = read(file, offsets[at], HEAD);
        byte[] node = new byte[ChunkId.LENGTH];
        head.get(node);
        int count = head.getInt();
        if (count < 0 || count > (file.size() - offsets[at] - HEAD) / Long.BYTES) {
            return null;
        }
        long[] entries = new long[count];
        read(file, offsets[at] + HEAD, count * Long.BYTES).asLongBuffer().get(entries);
        return new Known(ChunkId.of(node), entries);
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    private static long hash(byte[] path) {
        long hash = 1;
        for (byte octet : path) {
            hash = StatHash.mix(hash, octet);
        }
        return hash;
    }

    private static long longAt(FileChannel file, long at) throws IOException {
        return read(file, at, 8).getLong();
    }

    private static ByteBuffer read(FileChannel file, long at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, at + buffer.position()) < 0) {
                throw new IOException("the cache of directories is cut short");
            }
        }
        return buffer.flip();
    }

    /** Writes the next cache beside the last one. */
    static final class Writer implements Closeable {
        private final Path target;
        private final Path part;
        private final DataOutputStream out;
        private long[] hashes = new long[1024];
        private long[] offsets = new long[1024];
        private int count;
        private long position;

        Writer(Path target) throws IOException {
            this.target = target;
            part = target.resolveSibling(target.getFileName() + ".part");
            FileChannel file = FileChannel.open(
                    part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
            out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(file), 1 << 16));
            out.writeLong(MAGIC);
            position = 8;
        }

        void add(byte[] path, ChunkId node, long[] entries) throws IOException {
            if (count == hashes.length) {
                hashes = Arrays.copyOf(hashes, count * 2);
                offsets = Arrays.copyOf(offsets, count * 2);
            }
            hashes[count] = hash(path);
            offsets[count++] = position;
            out.write(node.bytes());
            out.writeInt(entries.length);
            for (long entry : entries) {
                out.writeLong(entry);
            }
            position += ChunkId.LENGTH + 4 + 8L * entries.length;
        }

        /** Makes this the cache that the next backup reads. */
        void replace() throws IOException {
            long[] order = LongStream.range(0, count)
                    .boxed()
                    .sorted((a, b) -> Long.compare(hashes[a.intValue()], hashes[b.intValue()]))
                    .mapToLong(Long::longValue)
                    .toArray();
            for (long each : order) {
                out.writeLong(hashes[(int) each]);
                out.writeLong(offsets[(int) each]);
            }
            out.writeLong(count);
            out.close();
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }

        @Override
        public void close() throws IOException {
            out.close();
            Files.deleteIfExists(part);
        }
    }
}
