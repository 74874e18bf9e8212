package org.cranny.engine.fetch;

import java.io.IOException;
import org.cranny.engine.chunking.ChunkId;

/** No pack that is known here holds the chunk. */
public class UnknownChunkException extends IOException {
    private static final long serialVersionUID = 1L;

    UnknownChunkException(ChunkId id) {
        super("Chunk " + id.toString().substring(0, 8) + " is not in the local index. Run 'cranny check'.");
    }
}
