package org.cranny.engine.tree;

import java.io.IOException;
import org.cranny.engine.chunking.ChunkId;

/** Keeps nodes under the name of their content; the same octets give the same name. */
@FunctionalInterface
public interface NodeStore {
    ChunkId store(byte[] node) throws IOException;
}
