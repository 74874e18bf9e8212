package org.cranny.engine.tree;

import java.util.ArrayList;
import java.util.List;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.posix.Extent;

/** The chunks and the data extents of a file as octets: in its entry, or in lists of their own. */
final class PartFormat {
    private static final int SMALLEST_CHUNK = ChunkId.LENGTH + 1;
    private static final int SMALLEST_EXTENT = 2;

    private PartFormat() {}

    static void writeContent(Content content, Writer out) {
        if (content instanceof Content.Inline inline) {
            writeChunks(inline.chunks(), out);
        } else if (content instanceof Content.Listed listed) {
            writeIds(listed.lists(), out);
        }
    }

    static Content readContent(boolean listed, Reader in) throws MalformedTreeException {
        return listed ? new Content.Listed(readIds(in)) : new Content.Inline(readChunks(TreeLimits.INLINE_ITEMS, in));
    }

    static void writeData(DataMap data, Writer out) {
        if (data instanceof DataMap.Inline inline) {
            writeExtents(inline.extents(), 0, out);
        } else if (data instanceof DataMap.Listed listed) {
            writeIds(listed.lists(), out);
        }
    }

    static DataMap readData(boolean listed, long size, Reader in) throws MalformedTreeException {
        if (listed) {
            return new DataMap.Listed(readIds(in));
        }
        List<Extent> extents = readExtents(TreeLimits.INLINE_ITEMS, 0, size, in);
        boolean whole = extents.size() == 1 && extents.get(0).length() == size;
        Reader.require(size > 0 && !whole, "holes in a file without holes");
        return new DataMap.Inline(extents);
    }

    /** What can be added up without loading anything must add up. */
    static boolean isCovered(Thing.File file) {
        if (file.content() instanceof Content.Inline inline && !(file.data() instanceof DataMap.Listed)) {
            long expected = file.data() instanceof DataMap.Inline map
                    ? map.extents().stream().mapToLong(Extent::length).sum()
                    : file.size();
            long covered = inline.chunks().stream().mapToLong(ChunkRef::length).sum();
            return covered == expected;
        }
        return true;
    }

    static void writeChunks(List<ChunkRef> chunks, Writer out) {
        out.varint(chunks.size());
        chunks.forEach(chunk -> out.id(chunk.id()).varint(chunk.length()));
    }

    static List<ChunkRef> readChunks(int limit, Reader in) throws MalformedTreeException {
        int count = in.count(limit, SMALLEST_CHUNK, "chunks");
        List<ChunkRef> chunks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ChunkId id = in.id();
            int length = (int) in.number(Integer.MAX_VALUE, "chunk length");
            Reader.require(length > 0, "an empty chunk");
            chunks.add(new ChunkRef(id, length));
        }
        return chunks;
    }

    /** Each extent as the gap before it and its length; the first gap of a list counts from {@code from}. */
    static void writeExtents(List<Extent> extents, long from, Writer out) {
        out.varint(extents.size());
        long end = from;
        for (Extent extent : extents) {
            out.varint(extent.offset() - end).varint(extent.length());
            end = extent.end();
        }
    }

    static List<Extent> readExtents(int limit, long from, long size, Reader in) throws MalformedTreeException {
        int count = in.count(limit, SMALLEST_EXTENT, "extents");
        List<Extent> extents = new ArrayList<>(count);
        long end = from;
        for (int i = 0; i < count; i++) {
            long gap = in.number(size - end, "gap");
            Reader.require(gap > 0 || end == 0, "extents that touch");
            long length = in.number(size - end - gap, "extent");
            Reader.require(length > 0, "an empty extent");
            extents.add(new Extent(end + gap, length));
            end += gap + length;
        }
        return extents;
    }

    private static void writeIds(List<ChunkId> ids, Writer out) {
        out.varint(ids.size());
        ids.forEach(out::id);
    }

    private static List<ChunkId> readIds(Reader in) throws MalformedTreeException {
        int count = in.count(TreeLimits.LISTS, ChunkId.LENGTH, "lists");
        Reader.require(count > 0, "no lists");
        List<ChunkId> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ids.add(in.id());
        }
        return ids;
    }
}
