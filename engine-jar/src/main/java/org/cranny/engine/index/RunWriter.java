package org.cranny.engine.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.cranny.engine.chunking.ChunkId;

/** Writes a run from records that come in order. Nothing points to it before it is finished and forced. */
final class RunWriter implements AutoCloseable {
    private static final int BLOCKS_AT_ONCE = 32;

    private final Disk disk;
    private final long number;
    private final Path file;
    private final FileChannel channel;
    private final BloomFilter filter;
    private final ByteBuffer block = ByteBuffer.allocate(RecordBlock.LENGTH);
    private final ByteBuffer pending = ByteBuffer.allocate(BLOCKS_AT_ONCE * RecordBlock.LENGTH);
    private long[] fences = new long[64];
    private int blocks;
    private long written;
    private long records;
    private boolean finished;

    RunWriter(Disk disk, Path folder, long number, long mostRecords) throws IOException {
        this.disk = disk;
        this.number = number;
        this.file = Run.fileOf(folder, number);
        this.filter = BloomFilter.sizedFor(mostRecords);
        this.channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    void add(ChunkId id, Location location) throws IOException {
        if (block.position() == 0) {
            fence(id.word(0));
        }
        RecordBlock.put(block, id, location);
        filter.add(id);
        records++;
        if (block.position() == RecordBlock.CAPACITY * RecordBlock.RECORD) {
            endBlock();
        }
    }

    private void fence(long firstWord) {
        if (blocks == fences.length) {
            fences = Arrays.copyOf(fences, 2 * blocks);
        }
        fences[blocks++] = firstWord;
    }

    private void endBlock() throws IOException {
        RecordBlock.complete(block);
        pending.put(block.flip());
        block.clear();
        if (!pending.hasRemaining()) {
            drain();
        }
    }

    private void drain() throws IOException {
        int length = pending.position();
        disk.write(channel, file, pending.flip(), written);
        written += length;
        pending.clear();
    }

    /** Ends the file and forces it. */
    Run finish() throws IOException {
        if (block.position() > 0) {
            endBlock();
        }
        drain();
        disk.write(channel, file, tail(), written);
        disk.force(channel, file);
        finished = true;
        return new Run(number, file, channel, records, Arrays.copyOf(fences, blocks), filter);
    }

    private ByteBuffer tail() {
        ByteBuffer tail = ByteBuffer.allocate((blocks + filter.wordCount()) * Long.BYTES + Run.TAIL);
        for (int at = 0; at < blocks; at++) {
            tail.putLong(fences[at]);
        }
        for (int at = 0; at < filter.wordCount(); at++) {
            tail.putLong(filter.word(at));
        }
        tail.put(Run.MAGIC).putLong(records).putInt(filter.wordCount());
        tail.putInt(Checksum.of(tail.array(), 0, tail.position()));
        return tail.flip();
    }

    /** Leaves a finished run open. */
    @Override
    public void close() throws IOException {
        if (!finished) {
            channel.close();
        }
    }
}
