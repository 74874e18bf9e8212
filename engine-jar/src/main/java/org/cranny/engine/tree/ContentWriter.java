package org.cranny.engine.tree;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cranny.engine.chunking.ChunkId;

/** Takes the chunks of one file in order and decides where their list stands; holds at most one list in memory. */
public final class ContentWriter {
    private final NodeStore store;
    private final List<ChunkRef> pending = new ArrayList<>();
    private final List<ChunkId> lists = new ArrayList<>();

    public ContentWriter(NodeStore store) {
        this.store = store;
    }

    public void add(ChunkRef chunk) throws IOException {
        if (pending.size() == TreeLimits.NODE_ITEMS) {
            storeList();
        }
        pending.add(chunk);
    }

    /** The content of the file; nothing may be added afterwards. */
    public Content finish() throws IOException {
        if (lists.isEmpty() && pending.size() <= TreeLimits.INLINE_ITEMS) {
            return new Content.Inline(pending);
        }
        storeList();
        return new Content.Listed(lists);
    }

    private void storeList() throws IOException {
        lists.add(store.store(Node.encodeChunks(pending)));
        pending.clear();
    }
}
