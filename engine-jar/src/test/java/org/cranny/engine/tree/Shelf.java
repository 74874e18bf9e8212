package org.cranny.engine.tree;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.cranny.engine.chunking.ChunkId;

/** Keeps nodes in memory under their SHA-256. */
final class Shelf {
    private final Map<ChunkId, byte[]> nodes = new HashMap<>();

    ChunkId store(byte[] node) {
        try {
            ChunkId id = ChunkId.of(MessageDigest.getInstance("SHA-256").digest(node));
            nodes.put(id, node);
            return id;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    byte[] load(ChunkId id) throws IOException {
        byte[] node = nodes.get(id);
        if (node == null) {
            throw new IOException("no node " + id);
        }
        return node;
    }

    int size() {
        return nodes.size();
    }

    void forEach(Consumer<byte[]> visitor) {
        nodes.values().forEach(visitor);
    }
}
