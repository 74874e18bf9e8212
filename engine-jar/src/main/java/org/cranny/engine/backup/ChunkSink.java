package org.cranny.engine.backup;

import java.io.IOException;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.protocol.snapshot.PackClass;

/** Takes the chunks of a scan, in order. */
interface ChunkSink {
    /** Whether this chunk is stored, or will be when the backup succeeds. */
    boolean knows(ChunkId id) throws IOException;

    /** Keeps a chunk unless it is known. */
    void add(PackClass packClass, ChunkId id, byte[] octets, int length) throws IOException, InterruptedException;
}
