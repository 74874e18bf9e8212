package org.cranny.engine.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.cranny.engine.transfer.Hosts.Probe;
import org.cranny.engine.transfer.Hosts.Verdict;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.fragment.LeafHashes;
import org.cranny.protocol.proof.Leaf;
import org.cranny.protocol.proof.Proof;
import org.junit.jupiter.api.Test;

class ProvingTest {
    private static final int LENGTH = 200_000;
    private static final int LEAF = 2;

    private final byte[] octets = noise();
    private final FragmentId id = FragmentHasher.of(octets);
    private final Probe probe = new Probe(id, LENGTH, LEAF);

    @Test
    void believesTheLeafWithItsPath() {
        assertEquals(Verdict.PROVEN, Proving.spot(probe, proof(octets, LEAF)).verdict());
    }

    @Test
    void saysWhenNothingIsThere() {
        assertEquals(Verdict.MISSING, Proving.spot(probe, null).verdict());
        assertEquals(
                Verdict.MISSING,
                Proving.spot(probe, new Proof(id.toString(), -1, List.of())).verdict());
    }

    @Test
    void isNotContentWithAnotherLeafOrLength() {
        assertEquals(Verdict.WRONG, Proving.spot(probe, proof(octets, 1)).verdict());
        assertEquals(
                Verdict.WRONG,
                Proving.spot(probe, new Proof(id.toString(), 70_000, List.of())).verdict());
        Proof right = proof(octets, LEAF);
        assertEquals(
                Verdict.WRONG,
                Proving.spot(probe, new Proof(id.toString(), LENGTH - 1, right.leaves()))
                        .verdict());
        byte[] flipped = octets.clone();
        flipped[LEAF * LeafHashes.LEAF_OCTETS] ^= 1;
        assertEquals(Verdict.WRONG, Proving.spot(probe, proof(flipped, LEAF)).verdict());
    }

    private Proof proof(byte[] held, int number) {
        FragmentHasher hasher = new FragmentHasher();
        hasher.update(held, 0, held.length);
        int from = number * LeafHashes.LEAF_OCTETS;
        byte[] leaf = Arrays.copyOfRange(held, from, from + LeafHashes.leafLength(held.length, number));
        List<String> path = hasher.tree().path(number).stream()
                .map(HexFormat.of()::formatHex)
                .toList();
        return new Proof(
                id.toString(),
                held.length,
                List.of(new Leaf(number, Base64.getEncoder().encodeToString(leaf), path)));
    }

    private static byte[] noise() {
        byte[] noise = new byte[LENGTH];
        new Random(1).nextBytes(noise);
        return noise;
    }
}
