package org.cranny.protocol.fragment;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** The hashes of {@code docs/format/README.md}: leaves, nodes and the id, each with a prefix of its own. */
final class Merkle {
    static final int LEAF_OCTETS = 65_536;

    private Merkle() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] leaf(MessageDigest digest, byte[] octets, int offset, int length) {
        digest.update((byte) 0);
        digest.update(octets, offset, length);
        return digest.digest();
    }

    static byte[] node(MessageDigest digest, byte[] left, byte[] right) {
        digest.update((byte) 1);
        digest.update(left);
        digest.update(right);
        return digest.digest();
    }

    static FragmentId id(MessageDigest digest, long length, byte[] root) {
        digest.update((byte) 2);
        for (int shift = 56; shift >= 0; shift -= 8) {
            digest.update((byte) (length >>> shift));
        }
        digest.update(root);
        return FragmentId.of(digest.digest());
    }

    static List<byte[]> parents(MessageDigest digest, List<byte[]> level) {
        List<byte[]> above = new ArrayList<>((level.size() + 1) / 2);
        for (int i = 0; i + 1 < level.size(); i += 2) {
            above.add(node(digest, level.get(i), level.get(i + 1)));
        }
        if (level.size() % 2 == 1) {
            above.add(level.get(level.size() - 1));
        }
        return above;
    }

    static long leaves(long length) {
        return Math.max(1, (length + LEAF_OCTETS - 1) / LEAF_OCTETS);
    }
}
