package org.cranny.engine.backup;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import org.cranny.engine.chunking.ChunkId;

/** Makes the tree of the next snapshot. */
interface NextTree {
    Made make(ChunkSink sink, ExecutorService readers) throws IOException, InterruptedException;

    /** @param root of the tree */
    record Made(ChunkId root, Totals totals) {}
}
