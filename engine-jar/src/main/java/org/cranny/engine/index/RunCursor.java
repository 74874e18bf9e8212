package org.cranny.engine.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.cranny.engine.chunking.ChunkId;

/** Reads a run from its first record to its last. */
final class RunCursor {
    private static final int BLOCKS_AT_ONCE = 16;

    private final Run run;
    private final long blocks;
    private final byte[] octets = new byte[RecordBlock.LENGTH];
    private final ByteBuffer block = ByteBuffer.wrap(octets);
    private final ByteBuffer ahead =
            ByteBuffer.allocate(BLOCKS_AT_ONCE * RecordBlock.LENGTH).limit(0);
    private long nextBlock;
    private int record = -1;
    private int inBlock;
    private ChunkId id;

    RunCursor(Run run) {
        this.run = run;
        this.blocks = Run.blockCount(run.records());
    }

    /** Moves to the next record, if there is one. */
    boolean advance() throws IOException {
        record++;
        if (record == inBlock) {
            if (nextBlock == blocks) {
                return false;
            }
            loadBlock();
        }
        id = RecordBlock.id(block, record);
        return true;
    }

    private void loadBlock() throws IOException {
        if (!ahead.hasRemaining()) {
            long left = Math.min(BLOCKS_AT_ONCE, blocks - nextBlock);
            ahead.clear().limit((int) left * RecordBlock.LENGTH);
            Disk.readFully(run.channel(), ahead, nextBlock * RecordBlock.LENGTH);
            ahead.flip();
        }
        ahead.get(octets);
        run.requireIntact(octets, nextBlock);
        inBlock = run.recordsIn(nextBlock);
        nextBlock++;
        record = 0;
    }

    ChunkId id() {
        return id;
    }

    Location location() {
        return RecordBlock.location(block, record);
    }
}
