package org.cranny.engine.backup;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.index.ChunkIndex;
import org.cranny.protocol.snapshot.PackClass;

/** Counts what a backup would send, and sends nothing. */
final class Counting implements ChunkSink {
    private final ChunkIndex index;
    private final Set<ChunkId> fresh = new HashSet<>();
    private long newBytes;

    Counting(ChunkIndex index) {
        this.index = index;
    }

    @Override
    public boolean knows(ChunkId id) throws IOException {
        return fresh.contains(id) || index.contains(id);
    }

    @Override
    public void add(PackClass packClass, ChunkId id, byte[] octets, int from, int length) throws IOException {
        if (!knows(id)) {
            fresh.add(id);
            newBytes += length;
        }
    }

    /** Octets before compression. */
    long newBytes() {
        return newBytes;
    }
}
