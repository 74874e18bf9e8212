package org.cranny.engine.backup;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.NodeSource;
import org.cranny.engine.tree.Nodes;

/** The entries that a folder had at the last backup, with their hashes; loaded when the first is asked for. */
final class OldFolder {
    private final StatCache.Known known;
    private final NodeSource nodes;
    private TreeMap<byte[], Integer> places;
    private List<Entry> entries;

    OldFolder(StatCache.Known known, NodeSource nodes) {
        this.known = known;
        this.nodes = nodes;
    }

    /** The entry of this name if it still looks as it did then, else null. */
    Entry same(byte[] name, long hash) throws IOException {
        if (hash == StatHash.NEVER) {
            return null;
        }
        if (entries == null) {
            load();
        }
        Integer at = places.get(name);
        boolean same = at != null && at + 1 < known.entries().length && known.entries()[at + 1] == hash;
        return same ? entries.get(at) : null;
    }

    private void load() throws IOException {
        entries = Nodes.list(known.node(), nodes);
        places = new TreeMap<>(Arrays::compareUnsigned);
        for (int i = 0; i < entries.size(); i++) {
            places.put(entries.get(i).name(), i);
        }
    }
}
