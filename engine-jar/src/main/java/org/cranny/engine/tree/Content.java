package org.cranny.engine.tree;

import java.util.List;
import org.cranny.engine.chunking.ChunkId;

/**
 * Where the octets of a file are: its chunks one after another. Of a sparse file only the data extents count.
 * Built by {@link ContentWriter}, read by {@link FileParts#chunks}.
 */
public sealed interface Content {
    Content EMPTY = new Inline(List.of());

    /** The chunks themselves, at most {@link TreeLimits#INLINE_ITEMS}. */
    record Inline(List<ChunkRef> chunks) implements Content {
        public Inline {
            chunks = List.copyOf(chunks);
            TreeLimits.requireInline(chunks.size());
        }
    }

    /** Names of chunks that hold the list, for files of more chunks. */
    record Listed(List<ChunkId> lists) implements Content {
        public Listed {
            lists = List.copyOf(lists);
            TreeLimits.requireListed(lists.size());
        }
    }
}
