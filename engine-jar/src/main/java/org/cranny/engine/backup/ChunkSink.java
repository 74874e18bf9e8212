package org.cranny.engine.backup;

import java.io.IOException;
import java.util.List;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.tree.ChunkRef;
import org.cranny.engine.tree.Content;
import org.cranny.engine.tree.Thing;
import org.cranny.protocol.snapshot.PackClass;

/** Takes the chunks of a scan, in order. */
interface ChunkSink {
    /** Whether this chunk is stored, or will be when the backup succeeds. */
    boolean knows(ChunkId id) throws IOException;

    /** Whether all that a file consists of is: its lists of chunks, or its chunks where they stand in its entry. */
    default boolean knows(Thing.File file) throws IOException {
        List<ChunkId> needed = file.content() instanceof Content.Listed listed
                ? listed.lists()
                : ((Content.Inline) file.content())
                        .chunks().stream().map(ChunkRef::id).toList();
        for (ChunkId id : needed) {
            if (!knows(id)) {
                return false;
            }
        }
        return true;
    }

    /** Keeps a chunk unless it is known; its octets may be overwritten afterwards. */
    void add(PackClass packClass, ChunkId id, byte[] octets, int from, int length)
            throws IOException, InterruptedException;
}
