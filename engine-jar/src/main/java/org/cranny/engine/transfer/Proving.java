package org.cranny.engine.transfer;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.cranny.engine.transfer.Hosts.Probe;
import org.cranny.engine.transfer.Hosts.Verdict;
import org.cranny.protocol.fragment.LeafHashes;
import org.cranny.protocol.proof.Leaf;
import org.cranny.protocol.proof.Proof;

/** Judges a host's answer to a probe, by the fragment id alone. */
final class Proving {
    private Proving() {}

    static Verdict verdict(Probe probe, Proof proof) {
        if (proof == null || proof.length() < 0) {
            return Verdict.MISSING;
        }
        if (proof.leaves() == null || proof.leaves().isEmpty()) {
            return Verdict.WRONG;
        }
        Leaf leaf = proof.leaves().get(0);
        try {
            byte[] octets = Base64.getDecoder().decode(leaf.octets());
            List<byte[]> path =
                    leaf.path().stream().map(HexFormat.of()::parseHex).toList();
            boolean proven = proof.length() == probe.length()
                    && LeafHashes.proves(probe.fragment(), probe.length(), probe.leaf(), octets, path);
            return proven ? Verdict.PROVEN : Verdict.WRONG;
        } catch (IllegalArgumentException | NullPointerException e) {
            return Verdict.WRONG;
        }
    }
}
