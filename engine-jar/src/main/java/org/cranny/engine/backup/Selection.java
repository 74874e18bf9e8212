package org.cranny.engine.backup;

import java.util.Arrays;
import java.util.Collection;
import java.util.TreeMap;
import org.cranny.engine.fetch.SnapshotTree;

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

    /** In the order of names. */
    Collection<Selection> children() {
        return children.values();
    }
}
