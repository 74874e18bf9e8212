package org.cranny.engine.index;

import java.nio.ByteBuffer;
import org.cranny.engine.chunking.ChunkId;

/**
 * The records of a run, 85 to a block of 4 KiB: chunk id 32, pack ordinal 4, segment 4, offset 4, length 4; then 12 zero
 * octets and the CRC-32C of all before it. Format: {@code docs/format/index.md}.
 */
final class RecordBlock {
    static final int LENGTH = 4096;
    static final int RECORD = 48;
    static final int CAPACITY = 85;

    private static final int CHECKSUM_AT = LENGTH - Integer.BYTES;

    private RecordBlock() {}

    static void put(ByteBuffer block, ChunkId id, Location location) {
        id.write(block);
        block.putInt(location.pack())
                .putInt(location.segment())
                .putInt(location.offset())
                .putInt(location.length());
    }

    /** Adds zeros and checksum to a block that begins at 0 of its array. */
    static void complete(ByteBuffer block) {
        while (block.position() < CHECKSUM_AT) {
            block.put((byte) 0);
        }
        block.putInt(Checksum.of(block.array(), 0, CHECKSUM_AT));
    }

    static boolean intact(byte[] block) {
        return ByteBuffer.wrap(block).getInt(CHECKSUM_AT) == Checksum.of(block, 0, CHECKSUM_AT);
    }

    static ChunkId id(ByteBuffer block, int record) {
        return ChunkId.read(block.slice(record * RECORD, ChunkId.LENGTH));
    }

    static Location location(ByteBuffer block, int record) {
        int at = record * RECORD + ChunkId.LENGTH;
        return new Location(block.getInt(at), block.getInt(at + 4), block.getInt(at + 8), block.getInt(at + 12));
    }

    /** Compares the record's id with another, without making an object. */
    static int compare(ByteBuffer block, int record, ChunkId id) {
        int at = record * RECORD;
        int order = 0;
        for (int word = 0; word < 4 && order == 0; word++) {
            order = Long.compareUnsigned(block.getLong(at + word * Long.BYTES), id.word(word));
        }
        return order;
    }
}
