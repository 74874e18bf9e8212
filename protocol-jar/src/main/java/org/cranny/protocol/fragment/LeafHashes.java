package org.cranny.protocol.fragment;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** The hashes of one fragment's leaves: enough to give its id and the path from any leaf to it. */
public final class LeafHashes {
    /** Octets of every leaf but the last. */
    public static final int LEAF_OCTETS = Merkle.LEAF_OCTETS;

    private final long length;
    private final List<byte[]> leaves;

    LeafHashes(long length, List<byte[]> leaves) {
        this.length = length;
        this.leaves = List.copyOf(leaves);
    }

    /** How many leaves a fragment of so many octets has; never none. */
    public static long count(long length) {
        return Merkle.leaves(length);
    }

    public FragmentId id() {
        MessageDigest digest = Merkle.sha256();
        List<byte[]> level = leaves;
        while (level.size() > 1) {
            level = Merkle.parents(digest, level);
        }
        return Merkle.id(digest, length, level.get(0));
    }

    /** The neighbours' hashes from the leaf up; a level where the leaf's ancestor stands alone adds none. */
    public List<byte[]> path(int leaf) {
        if (leaf < 0 || leaf >= leaves.size()) {
            throw new IllegalArgumentException("leaf " + leaf + " of " + leaves.size());
        }
        MessageDigest digest = Merkle.sha256();
        List<byte[]> path = new ArrayList<>();
        List<byte[]> level = leaves;
        for (int at = leaf; level.size() > 1; at /= 2, level = Merkle.parents(digest, level)) {
            int neighbour = at ^ 1;
            if (neighbour < level.size()) {
                path.add(level.get(neighbour));
            }
        }
        return path;
    }

    /** Whether these octets are that leaf of that fragment; needs nothing but the id, its length and the path. */
    public static boolean proves(FragmentId id, long length, int leaf, byte[] octets, List<byte[]> path) {
        long count = Merkle.leaves(length);
        if (leaf < 0 || leaf >= count || octets.length != leafLength(length, leaf)) {
            return false;
        }
        MessageDigest digest = Merkle.sha256();
        byte[] hash = Merkle.leaf(digest, octets, 0, octets.length);
        int used = 0;
        long at = leaf;
        for (long width = count; width > 1; width = (width + 1) / 2, at /= 2) {
            boolean alone = at == width - 1 && width % 2 == 1;
            if (alone) {
                continue;
            }
            if (used == path.size()) {
                return false;
            }
            byte[] neighbour = path.get(used++);
            hash = at % 2 == 0 ? Merkle.node(digest, hash, neighbour) : Merkle.node(digest, neighbour, hash);
        }
        return used == path.size() && Merkle.id(digest, length, hash).equals(id);
    }

    public static int leafLength(long length, int leaf) {
        return (int) Math.min(Merkle.LEAF_OCTETS, length - (long) leaf * Merkle.LEAF_OCTETS);
    }
}
