package org.cranny.engine.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.cranny.engine.chunking.ChunkId;

/**
 * A sorted, immutable file of records. A lookup costs no read when the filter says no, and one read of 4 KiB otherwise;
 * the filter and the first word of every block are in memory (about 11 bits an id).
 *
 * <p>Format: {@code docs/format/index.md}. Thread-safe.
 */
final class Run implements AutoCloseable {
    static final byte[] MAGIC = {'C', 'R', 'N', 'Y', 'I', 'X', 0, 1};
    static final int TAIL = MAGIC.length + Long.BYTES + Integer.BYTES + Integer.BYTES;

    private static final ThreadLocal<byte[]> BLOCK = ThreadLocal.withInitial(() -> new byte[RecordBlock.LENGTH]);

    private final long number;
    private final Path file;
    private final FileChannel channel;
    private final long records;
    private final long[] fences;
    private final BloomFilter filter;

    Run(long number, Path file, FileChannel channel, long records, long[] fences, BloomFilter filter) {
        this.number = number;
        this.file = file;
        this.channel = channel;
        this.records = records;
        this.fences = fences;
        this.filter = filter;
    }

    static Run open(Path folder, long number, long records) throws IOException {
        Path file = fileOf(folder, number);
        FileChannel channel = channel(file);
        try {
            return readTail(number, file, channel, records);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel channel(Path file) throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.READ);
        } catch (NoSuchFileException gone) {
            throw new IndexDamagedException(file, "it is missing");
        }
    }

    private static Run readTail(long number, Path file, FileChannel channel, long records) throws IOException {
        long blocksEnd = blockCount(records) * RecordBlock.LENGTH;
        long length = channel.size() - blocksEnd;
        if (length < TAIL || length > Integer.MAX_VALUE) {
            throw new IndexDamagedException(file, "its length is wrong");
        }
        ByteBuffer tail = ByteBuffer.allocate((int) length);
        Disk.readFully(channel, tail, blocksEnd);
        int checksumAt = tail.capacity() - Integer.BYTES;
        if (tail.getInt(checksumAt) != Checksum.of(tail.array(), 0, checksumAt)) {
            throw new IndexDamagedException(file, "the checksum of its tail differs");
        }
        tail.flip();
        long[] fences = new long[(int) blockCount(records)];
        int words = tail.getInt(checksumAt - Integer.BYTES);
        if (tail.capacity() != (fences.length + (long) words) * Long.BYTES + TAIL) {
            throw new IndexDamagedException(file, "its tail is malformed");
        }
        tail.asLongBuffer().get(fences);
        tail.position(fences.length * Long.BYTES);
        return new Run(number, file, channel, records, fences, BloomFilter.read(tail, words));
    }

    static Path fileOf(Path folder, long number) {
        return folder.resolve("run-" + number);
    }

    static long blockCount(long records) {
        return (records + RecordBlock.CAPACITY - 1) / RecordBlock.CAPACITY;
    }

    long number() {
        return number;
    }

    long records() {
        return records;
    }

    Path file() {
        return file;
    }

    FileChannel channel() {
        return channel;
    }

    /** The newest location of the chunk in a pack that lives. */
    Optional<Location> newest(ChunkId id, IntPredicate live) throws IOException {
        if (!filter.mayContain(id)) {
            return Optional.empty();
        }
        for (int block = firstBlock(id); block < fences.length; block++) {
            if (Long.compareUnsigned(fences[block], id.word(0)) > 0) {
                break;
            }
            Optional<Location> found = newestIn(block, id, live);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Location> newestIn(int blockNumber, ChunkId id, IntPredicate live) throws IOException {
        ByteBuffer block = ByteBuffer.wrap(read(blockNumber));
        int count = recordsIn(blockNumber);
        int record = firstAtOrAfter(block, count, id);
        for (; record < count && RecordBlock.compare(block, record, id) == 0; record++) {
            Location location = RecordBlock.location(block, record);
            if (live.test(location.pack())) {
                return Optional.of(location);
            }
        }
        return Optional.empty();
    }

    private static int firstAtOrAfter(ByteBuffer block, int count, ChunkId id) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (RecordBlock.compare(block, middle, id) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The last block that begins below the id, or the first: no earlier one can hold it. */
    private int firstBlock(ChunkId id) {
        int low = 0;
        int high = fences.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(fences[middle], id.word(0)) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return Math.max(0, low - 1);
    }

    int recordsIn(long block) {
        return (int) Math.min(RecordBlock.CAPACITY, records - block * RecordBlock.CAPACITY);
    }

    /** This thread's copy of a block, until it reads another one. */
    private byte[] read(int blockNumber) throws IOException {
        byte[] block = BLOCK.get();
        Disk.readFully(channel, ByteBuffer.wrap(block), (long) blockNumber * RecordBlock.LENGTH);
        requireIntact(block, blockNumber);
        return block;
    }

    void requireIntact(byte[] block, long blockNumber) throws IndexDamagedException {
        if (!RecordBlock.intact(block)) {
            throw new IndexDamagedException(file, "the checksum of block " + blockNumber + " differs");
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
