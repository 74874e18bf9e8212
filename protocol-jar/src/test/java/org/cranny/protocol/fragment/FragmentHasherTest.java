package org.cranny.protocol.fragment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FragmentHasherTest {

    @Test
    void followsTheDocumentedFormula() throws Exception {
        byte[] octets = random(65_536 * 2 + 5);
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        byte[] a = sha.digest(concat(new byte[] {0}, Arrays.copyOfRange(octets, 0, 65_536)));
        byte[] b = sha.digest(concat(new byte[] {0}, Arrays.copyOfRange(octets, 65_536, 131_072)));
        byte[] c = sha.digest(concat(new byte[] {0}, Arrays.copyOfRange(octets, 131_072, octets.length)));
        byte[] root = sha.digest(concat(new byte[] {1}, sha.digest(concat(new byte[] {1}, a, b)), c));
        byte[] length = ByteBuffer.allocate(8).putLong(octets.length).array();

        assertArrayEquals(
                sha.digest(concat(new byte[] {2}, length, root)),
                FragmentHasher.of(octets).bytes());
    }

    @Test
    void namesKnownOctetsAsEver() {
        byte[] octets = new byte[200_000];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) i;
        }
        assertEquals(
                "c0e50f0d90d6e2fea1e6f53d4f758ed5fc9035a399a8eb215c29c6ff3ea05425",
                FragmentHasher.of(new byte[0]).toString());
        assertEquals(
                "71b3e62d518af56d4af913b8aa25675605ef0a821bca6fdbc77cb7960d15cfc1",
                FragmentHasher.of(octets).toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 300_000, 1_048_576})
    void givesOneNameHoweverTheOctetsArrive(int length) {
        byte[] octets = random(length);
        FragmentHasher pieces = new FragmentHasher();
        Random cuts = new Random(7);
        for (int at = 0; at < length; ) {
            int step = Math.min(length - at, 1 + cuts.nextInt(100_000));
            if (cuts.nextBoolean()) {
                pieces.update(octets, at, step);
            } else {
                pieces.update(ByteBuffer.wrap(octets, at, step));
            }
            at += step;
        }
        assertEquals(length, pieces.length());
        assertEquals(FragmentHasher.of(octets), pieces.finish());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 65_536, 65_537, 200_000, 65_536 * 5, 65_536 * 7 + 1})
    void provesEveryLeafByItsPath(int length) {
        byte[] octets = random(length);
        LeafHashes tree = tree(octets);
        for (int leaf = 0; leaf < LeafHashes.count(length); leaf++) {
            byte[] part = leafOf(octets, leaf);
            assertTrue(LeafHashes.proves(tree.id(), length, leaf, part, tree.path(leaf)), "leaf " + leaf);
        }
    }

    @Test
    void believesNoOtherLeafPathLengthOrOctets() {
        byte[] octets = random(65_536 * 5);
        LeafHashes tree = tree(octets);
        byte[] part = leafOf(octets, 2);
        List<byte[]> path = tree.path(2);
        byte[] flipped = part.clone();
        flipped[100] ^= 1;

        assertFalse(LeafHashes.proves(tree.id(), octets.length, 2, flipped, path));
        assertFalse(LeafHashes.proves(tree.id(), octets.length, 3, part, path));
        assertFalse(LeafHashes.proves(tree.id(), octets.length - 1, 2, part, path));
        assertFalse(LeafHashes.proves(tree.id(), octets.length, 2, part, path.subList(1, path.size())));
        assertFalse(LeafHashes.proves(tree.id(), octets.length, 9, part, path));
    }

    private static LeafHashes tree(byte[] octets) {
        FragmentHasher hasher = new FragmentHasher();
        hasher.update(octets, 0, octets.length);
        return hasher.tree();
    }

    private static byte[] leafOf(byte[] octets, int leaf) {
        int from = leaf * LeafHashes.LEAF_OCTETS;
        return Arrays.copyOfRange(octets, from, Math.min(octets.length, from + LeafHashes.LEAF_OCTETS));
    }

    private static byte[] random(int length) {
        byte[] octets = new byte[length];
        new Random(length).nextBytes(octets);
        return octets;
    }

    private static byte[] concat(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        Arrays.stream(parts).forEach(all::put);
        return all.array();
    }
}
