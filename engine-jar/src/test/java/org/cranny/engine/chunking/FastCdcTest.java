package org.cranny.engine.chunking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.keys.TestKeys;
import org.junit.jupiter.api.Test;

class FastCdcTest {
    private final FastCdc cdc = FastCdc.of(TestKeys.ring());

    @Test
    void cutsWhereVersionOneCuts() {
        assertEquals(GOLDEN_CUTS, cuts(cdc, random(16 << 20)));
    }

    private static final List<Integer> GOLDEN_CUTS = List.of(
            1551755, 769015, 2614569, 1050695, 1409989, 1071682, 1344143, 1397120, 1438181, 1283406, 1775258, 844413,
            226990);

    @Test
    void keepsItsBounds() {
        List<Integer> cuts = cuts(cdc, random(64 << 20));
        for (int length : cuts.subList(0, cuts.size() - 1)) {
            assertTrue(length > FastCdc.MIN && length <= FastCdc.MAX, () -> "length " + length);
        }
        int average = (64 << 20) / cuts.size();
        assertTrue(average > 800_000 && average < 1_500_000, () -> "average " + average);
    }

    @Test
    void cutsZerosAtTheLongestLength() {
        assertEquals(List.of(FastCdc.MAX, FastCdc.MAX, 5), cuts(cdc, new byte[2 * FastCdc.MAX + 5]));
    }

    @Test
    void asksForMoreWhenTheFileGoesOn() {
        byte[] zeros = new byte[FastCdc.MAX];
        assertEquals(FastCdc.MORE, cdc.cut(zeros, 0, 100, false));
        assertEquals(FastCdc.MORE, cdc.cut(zeros, 0, FastCdc.MIN, false));
        assertEquals(FastCdc.MORE, cdc.cut(zeros, 0, FastCdc.MAX - 1, false));
        assertEquals(FastCdc.MAX, cdc.cut(zeros, 0, FastCdc.MAX, false));
        assertEquals(100, cdc.cut(zeros, 0, 100, true));
        assertEquals(FastCdc.MIN, cdc.cut(zeros, 0, FastCdc.MIN, true));
    }

    @Test
    void cutsTheSameWhateverIsInTheBufferAndAfterIt() {
        byte[] data = random(8 << 20);
        byte[] moved = new byte[data.length + 777];
        Arrays.fill(moved, (byte) 9);
        System.arraycopy(data, 0, moved, 777, data.length);
        int cut = cdc.cut(data, 0, data.length, true);
        assertEquals(cut, cdc.cut(moved, 777, data.length, false));
        assertEquals(cut, cdc.cut(data, 0, cut, false));
    }

    @Test
    void findsTheOldCutsAgainAfterAnInsertion() {
        byte[] data = random(32 << 20);
        byte[] inserted = new byte[data.length + 1];
        int at = 5 << 20;
        System.arraycopy(data, 0, inserted, 0, at);
        System.arraycopy(data, at, inserted, at + 1, data.length - at);
        Set<Integer> oldEnds = endsFromTheBack(data);
        Set<Integer> newEnds = endsFromTheBack(inserted);
        int before = oldEnds.size();
        oldEnds.removeAll(newEnds);
        assertTrue(oldEnds.size() <= 10, () -> oldEnds.size() + " of " + before + " cuts moved");
    }

    @Test
    void anotherSourceCutsElsewhere() {
        KeyRing other = KeyRing.create(TestKeys.OTHER, new SecureRandom());
        byte[] data = random(16 << 20);
        List<Integer> mine = cuts(cdc, data);
        List<Integer> theirs = cuts(FastCdc.of(other), data);
        assertTrue(!mine.get(0).equals(theirs.get(0)));
    }

    private Set<Integer> endsFromTheBack(byte[] data) {
        Set<Integer> ends = new HashSet<>();
        int left = data.length;
        for (int length : cuts(cdc, data)) {
            left -= length;
            ends.add(left);
        }
        return ends;
    }

    private static List<Integer> cuts(FastCdc cdc, byte[] data) {
        List<Integer> cuts = new ArrayList<>();
        for (int at = 0; at < data.length; ) {
            int length = cdc.cut(data, at, data.length - at, true);
            cuts.add(length);
            at += length;
        }
        return cuts;
    }

    private static byte[] random(int length) {
        byte[] data = new byte[length];
        new Random(1).nextBytes(data);
        return data;
    }
}
