package org.cranny.engine.backup;

import java.util.List;
import org.cranny.engine.exclude.Excludes;

/**
 * What is left out below the paths that a backup names. The named paths themselves are always taken.
 *
 * @param excludes patterns
 * @param caches whether what lies in folders with a {@code CACHEDIR.TAG} is left out; the folder and its tag stay
 * @param largestBytes files that are larger are left out; {@link Long#MAX_VALUE} for none
 * @param oneFileSystem whether folders on other file systems than those of the named paths stay empty
 * @param closed absolute paths of folders that stay empty, raw octets
 */
public record Rules(Excludes excludes, boolean caches, long largestBytes, boolean oneFileSystem, List<byte[]> closed) {
    /** Everything is taken. */
    public static final Rules NONE = new Rules(Excludes.NONE, false, Long.MAX_VALUE, false, List.of());

    public Rules {
        closed = List.copyOf(closed);
        if (largestBytes < 0) {
            throw new IllegalArgumentException("no file is smaller than 0 octets");
        }
    }
}
