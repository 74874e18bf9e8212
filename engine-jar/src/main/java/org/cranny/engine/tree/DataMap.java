package org.cranny.engine.tree;

import java.util.List;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.posix.Extent;

/** Which parts of a file hold data; the rest are holes. Built by {@link FileParts#dataMap}, read by {@link FileParts#extents}. */
public sealed interface DataMap {
    DataMap DENSE = new Dense();

    /** No holes: one extent from the first octet to the last. */
    record Dense() implements DataMap {}

    /** The extents themselves, rising and apart from each other, at most {@link TreeLimits#INLINE_ITEMS}. */
    record Inline(List<Extent> extents) implements DataMap {
        public Inline {
            extents = List.copyOf(extents);
            TreeLimits.requireInline(extents.size());
            TreeLimits.requireApart(extents);
        }
    }

    /** Names of chunks that hold the list, for files of more extents. */
    record Listed(List<ChunkId> lists) implements DataMap {
        public Listed {
            lists = List.copyOf(lists);
            TreeLimits.requireListed(lists.size());
        }
    }
}
