package org.cranny.engine.backup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

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
            for (byte[] component : components(path)) {
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

    private static List<byte[]> components(byte[] path) {
        List<byte[]> components = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= path.length; i++) {
            if (i == path.length || path[i] == '/') {
                if (i > from) {
                    components.add(Arrays.copyOfRange(path, from, i));
                }
                from = i + 1;
            }
        }
        return components;
    }
}
