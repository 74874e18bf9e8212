package org.cranny.engine.browse;

import java.util.Arrays;
import java.util.List;
import org.cranny.engine.fetch.SnapshotTree;

/**
 * Where a walk goes on: after a path, in the order of names, a folder before what is below it. A walk that is cut into
 * pages needs no more than the path that was seen last.
 */
final class Place {
    /** From the beginning. */
    static final Place START = new Place(null);

    private final List<byte[]> after;

    private Place(List<byte[]> after) {
        this.after = after;
    }

    static Place after(byte[] path) {
        return path == null ? START : new Place(SnapshotTree.names(path));
    }

    /** Whether this name, and everything below it, was seen already. */
    boolean isBehind(byte[] name) {
        return after != null && !after.isEmpty() && Arrays.compareUnsigned(name, after.get(0)) < 0;
    }

    /** Whether this name itself was seen already; what is below it may be open. */
    boolean isSeen(byte[] name) {
        return after != null && !after.isEmpty() && Arrays.compareUnsigned(name, after.get(0)) <= 0;
    }

    /** The place below a name that is not behind. */
    Place below(byte[] name) {
        return isSeen(name) ? new Place(after.subList(1, after.size())) : START;
    }
}
