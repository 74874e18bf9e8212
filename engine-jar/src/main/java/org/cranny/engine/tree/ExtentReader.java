package org.cranny.engine.tree;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.posix.Extent;

/** The data extents of a file in order, one after the other; one list of them at a time is in memory. */
public final class ExtentReader {
    private final Iterator<ChunkId> lists;
    private final long size;
    private final NodeSource source;
    private Iterator<Extent> at;
    private long end;

    /** One extent over all of a dense file, none of an empty one. */
    public ExtentReader(Thing.File file, NodeSource source) {
        this.source = source;
        size = file.size();
        List<ChunkId> listed = file.data() instanceof DataMap.Listed map ? map.lists() : List.of();
        lists = listed.iterator();
        at = inEntry(file).iterator();
    }

    private static List<Extent> inEntry(Thing.File file) {
        if (file.data() instanceof DataMap.Inline inline) {
            return inline.extents();
        }
        boolean dense = file.data() instanceof DataMap.Dense && file.size() > 0;
        return dense ? List.of(new Extent(0, file.size())) : List.of();
    }

    /** Empty at the end. */
    public Optional<Extent> next() throws IOException {
        while (!at.hasNext()) {
            if (!lists.hasNext()) {
                return Optional.empty();
            }
            at = Node.decodeExtents(source.load(lists.next()), end, size).iterator();
        }
        Extent next = at.next();
        end = next.end();
        return Optional.of(next);
    }
}
