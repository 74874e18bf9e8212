package org.cranny.engine.fetch;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which names lead to what is wanted; {@code null} children mean everything below. */
public record Wanted(Map<byte[], Wanted> children) {
    public static final Wanted ALL = new Wanted(null);

    /** @param paths absolute, raw octets; none means everything */
    public static Wanted of(List<byte[]> paths) {
        if (paths.isEmpty()) {
            return ALL;
        }
        Wanted root = new Wanted(new TreeMap<>(Arrays::compareUnsigned));
        for (byte[] path : paths) {
            List<byte[]> names = SnapshotTree.names(path);
            if (names.isEmpty()) {
                return ALL;
            }
            root.add(names);
        }
        return root;
    }

    private void add(List<byte[]> names) {
        Wanted at = this;
        for (byte[] name : names.subList(0, names.size() - 1)) {
            at = at.children.computeIfAbsent(name, key -> new Wanted(new TreeMap<>(Arrays::compareUnsigned)));
            if (at.children == null) {
                return;
            }
        }
        at.children.put(names.get(names.size() - 1), ALL);
    }

    /** Whether all that is here is wanted. */
    public boolean isEverything() {
        return children == null;
    }

    /** What is wanted below this name; null for nothing. */
    public Wanted below(byte[] name) {
        return children == null ? ALL : children.get(name);
    }
}
