package org.cranny.engine.browse;

import java.util.List;
import org.cranny.engine.tree.Entry;

/**
 * A page of entries.
 *
 * @param hits in the order of paths
 * @param next the path after which the next page begins, or null when there is nothing more
 */
@SuppressWarnings("ArrayRecordComponent")
public record Found(List<Hit> hits, byte[] next) {
    public Found {
        hits = List.copyOf(hits);
    }

    /** One entry and its whole path, raw octets. */
    public record Hit(byte[] path, Entry entry) {}
}
