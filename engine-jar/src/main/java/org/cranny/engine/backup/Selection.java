package org.cranny.engine.backup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.posix.Stat;

/**
 * What is to be backed up, as a tree of names below {@code /}: a whole subtree, or only what leads to others.
 * A path inside another one adds nothing.
 */
final class Selection {
    private final byte[] name;
    private final TreeMap<byte[], Selection> children = new TreeMap<>(Arrays::compareUnsigned);
    private boolean whole;

    private Selection(byte[] name) {
        this.name = name;
    }

    /** @param paths absolute, raw octets, without {@code .} and {@code ..} */
    static Selection of(Collection<byte[]> paths) {
        Selection root = new Selection(new byte[0]);
        for (byte[] path : paths) {
            Selection at = root;
            for (byte[] component : SnapshotTree.names(path)) {
                at = at.children.computeIfAbsent(component, Selection::new);
            }
            at.whole = true;
        }
        return root;
    }

    byte[] name() {
        return name;
    }

    boolean whole() {
        return whole;
    }

    /** What the named paths are, without those for which there is null. */
    List<Stat> stats(Function<byte[], Stat> look) {
        List<Stat> stats = new ArrayList<>();
        collect(new byte[0], look, stats);
        return stats;
    }

    private void collect(byte[] path, Function<byte[], Stat> look, List<Stat> stats) {
        if (whole) {
            Optional.ofNullable(look.apply(path)).ifPresent(stats::add);
        }
        children.values().forEach(child -> child.collect(PathBytes.join(path, child.name), look, stats));
    }

    /** In the order of names. */
    Collection<Selection> children() {
        return children.values();
    }
}
