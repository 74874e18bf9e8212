package org.cranny.protocol.fragment;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Names octets while they stream by. Give all of them in order, then ask once. Memory is 32 octets for each 64 KiB.
 * Not thread-safe.
 */
public final class FragmentHasher {
    private final MessageDigest digest = Merkle.sha256();
    private final List<byte[]> leaves = new ArrayList<>();
    private int inLeaf;
    private long length;

    public void update(byte[] octets, int offset, int count) {
        int at = offset;
        int end = offset + count;
        while (at < end) {
            int step = Math.min(end - at, begin());
            digest.update(octets, at, step);
            at += step;
            passed(step);
        }
    }

    public void update(ByteBuffer octets) {
        while (octets.hasRemaining()) {
            ByteBuffer part = octets.slice(octets.position(), Math.min(octets.remaining(), begin()));
            int step = part.remaining();
            digest.update(part);
            octets.position(octets.position() + step);
            passed(step);
        }
    }

    public long length() {
        return length;
    }

    public FragmentId finish() {
        return tree().id();
    }

    /** Ends the stream and keeps the leaves' hashes, for proofs. */
    public LeafHashes tree() {
        if (inLeaf > 0) {
            leaves.add(digest.digest());
            inLeaf = 0;
        } else if (leaves.isEmpty()) {
            leaves.add(Merkle.leaf(digest, new byte[0], 0, 0));
        }
        return new LeafHashes(length, leaves);
    }

    public static FragmentId of(byte[] octets) {
        return of(octets, octets.length);
    }

    /** Of the first octets of an array. */
    public static FragmentId of(byte[] octets, int length) {
        FragmentHasher hasher = new FragmentHasher();
        hasher.update(octets, 0, length);
        return hasher.finish();
    }

    private int begin() {
        if (inLeaf == 0) {
            digest.update((byte) 0);
        }
        return Merkle.LEAF_OCTETS - inLeaf;
    }

    private void passed(int step) {
        length += step;
        inLeaf += step;
        if (inLeaf == Merkle.LEAF_OCTETS) {
            leaves.add(digest.digest());
            inLeaf = 0;
        }
    }
}
