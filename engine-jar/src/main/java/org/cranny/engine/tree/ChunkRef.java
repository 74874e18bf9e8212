package org.cranny.engine.tree;

import org.cranny.engine.chunking.ChunkId;

/** One chunk of a file's content, in its place: the name and the length in octets, at least 1. */
public record ChunkRef(ChunkId id, int length) {
    public ChunkRef {
        if (length < 1) {
            throw new IllegalArgumentException("a chunk has at least one octet");
        }
    }
}
