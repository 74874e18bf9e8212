package org.cranny.engine.tree;

import java.io.IOException;
import org.cranny.engine.chunking.ChunkId;

/** Brings back what a {@link NodeStore} kept. A name that it does not know is an IOException. */
@FunctionalInterface
public interface NodeSource {
    byte[] load(ChunkId id) throws IOException;
}
