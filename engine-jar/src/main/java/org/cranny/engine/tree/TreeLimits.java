package org.cranny.engine.tree;

import java.util.List;
import org.cranny.engine.posix.Extent;

/** The bounds of the format, each in one place ({@code docs/format/tree.md}). */
public final class TreeLimits {
    /** Chunks or extents of a file that stand in its entry; more of them move into lists. */
    public static final int INLINE_ITEMS = 1024;

    /** Chunks or extents in one list, entries in one leaf, children of one index node. */
    public static final int NODE_ITEMS = 4096;

    /** A leaf is closed before it outgrows this many octets; only a single entry may be larger. */
    public static final int LEAF_SIZE = 1 << 20;

    /** No node has more octets than this. */
    public static final int NODE_SIZE = 4 << 20;

    /** Lists of one file: enough for 268 million chunks. */
    static final int LISTS = 65_536;

    /** Levels of index nodes above the leaves. */
    static final int HEIGHT = 4;

    static final int NAME_SIZE = 255;
    static final int LINK_TARGET_SIZE = 4095;
    static final int XATTR_VALUE_SIZE = 65_536;
    static final int XATTRS = 4096;

    private TreeLimits() {}

    static void requireInline(int items) {
        if (items > INLINE_ITEMS) {
            throw new IllegalArgumentException("at most " + INLINE_ITEMS + " items stand in an entry, not " + items);
        }
    }

    static void requireListed(int lists) {
        if (lists < 1 || lists > LISTS) {
            throw new IllegalArgumentException("1 to " + LISTS + " lists, not " + lists);
        }
    }

    static void requireApart(List<Extent> extents) {
        long end = -1;
        for (Extent extent : extents) {
            if (extent.offset() <= end) {
                throw new IllegalArgumentException("extents touch at " + extent.offset());
            }
            end = extent.end();
        }
    }

    static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
