package org.cranny.engine.backup;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.chunking.ChunkIds;
import org.cranny.engine.tree.NodeStore;
import org.cranny.protocol.snapshot.PackClass;

/** Gives nodes of the new tree to the packs of folders. */
record TreeStore(ChunkIds ids, ChunkSink packing) implements NodeStore {
    @Override
    public ChunkId store(byte[] node) throws IOException {
        ChunkId id = ids.of(node);
        try {
            packing.add(PackClass.TREE, id, node, 0, node.length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the backup was stopped");
        }
        return id;
    }
}
