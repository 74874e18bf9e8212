package org.cranny.engine.tree;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.posix.Extent;

/** The chunks and the extents of a file, wherever their lists stand. */
public final class FileParts {
    private FileParts() {}

    /** Takes each part in its turn. */
    @FunctionalInterface
    public interface Visitor<T> {
        void visit(T part) throws IOException;
    }

    /** Shows the chunks in order; one list at a time is in memory. */
    public static void chunks(Thing.File file, NodeSource source, Visitor<ChunkRef> visitor) throws IOException {
        if (file.content() instanceof Content.Inline inline) {
            visitAll(inline.chunks(), visitor);
        } else if (file.content() instanceof Content.Listed listed) {
            for (ChunkId list : listed.lists()) {
                visitAll(Node.decodeChunks(source.load(list)), visitor);
            }
        }
    }

    /** All chunks at once, for files known to be of bounded size. */
    public static List<ChunkRef> chunks(Thing.File file, NodeSource source) throws IOException {
        List<ChunkRef> all = new ArrayList<>();
        chunks(file, source, all::add);
        return all;
    }

    /** The data extents in order: one over all of a dense file, none of an empty one. */
    public static List<Extent> extents(Thing.File file, NodeSource source) throws IOException {
        ExtentReader reader = new ExtentReader(file, source);
        List<Extent> all = new ArrayList<>();
        for (Optional<Extent> next = reader.next(); next.isPresent(); next = reader.next()) {
            all.add(next.get());
        }
        return all;
    }

    /** How to keep these extents, as {@code Posix.extents} gives them, of a file of this size. */
    public static DataMap dataMap(List<Extent> extents, long size, NodeStore store) throws IOException {
        boolean dense = size == 0 || (extents.size() == 1 && extents.get(0).length() == size);
        if (dense) {
            return DataMap.DENSE;
        }
        if (extents.size() <= TreeLimits.INLINE_ITEMS) {
            return new DataMap.Inline(extents);
        }
        List<ChunkId> lists = new ArrayList<>();
        long end = 0;
        for (int from = 0; from < extents.size(); from += TreeLimits.NODE_ITEMS) {
            List<Extent> part = extents.subList(from, Math.min(extents.size(), from + TreeLimits.NODE_ITEMS));
            lists.add(store.store(Node.encodeExtents(part, end)));
            end = part.get(part.size() - 1).end();
        }
        return new DataMap.Listed(lists);
    }

    private static <T> void visitAll(List<T> parts, Visitor<T> visitor) throws IOException {
        for (T part : parts) {
            visitor.visit(part);
        }
    }
}
