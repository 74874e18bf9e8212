package org.cranny.protocol.proof;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.fragment.LeafHashes;

/** An answer. @param length of the fragment, -1 when it is not here @param leaves in the order asked */
public record Proof(String fragment, long length, List<Leaf> leaves) {

    /** The octets of its first leaf, worth something when it {@link #proves} something. */
    public byte[] firstLeaf() {
        return Base64.getDecoder().decode(leaves.get(0).octets());
    }

    /** Whether its first leaf is that leaf of that fragment, whatever else was sent; nothing but the id is believed. */
    public boolean proves(FragmentId id, long octets, int leaf) {
        if (length != octets || leaves == null || leaves.isEmpty()) {
            return false;
        }
        try {
            List<byte[]> path =
                    leaves.get(0).path().stream().map(HexFormat.of()::parseHex).toList();
            return LeafHashes.proves(id, octets, leaf, firstLeaf(), path);
        } catch (IllegalArgumentException | NullPointerException e) {
            return false;
        }
    }
}
