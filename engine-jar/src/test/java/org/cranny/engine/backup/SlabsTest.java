package org.cranny.engine.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SlabsTest {
    private static final int WAITING = 64;

    private final Slabs slabs = new Slabs();
    private final Random random = new Random(1);

    private record Filled(Slabs.Piece piece, byte with) {
        boolean isIntact() {
            byte[] octets = piece.octets();
            for (int i = piece.from(); i < piece.from() + piece.length(); i++) {
                if (octets[i] != with) {
                    return false;
                }
            }
            return true;
        }
    }

    private Filled fill(int length, byte with) {
        Slabs.Piece piece = slabs.lend(length);
        Arrays.fill(piece.octets(), piece.from(), piece.from() + length, with);
        return new Filled(piece, with);
    }

    @Test
    void nobodyWritesIntoAPieceThatIsHeldAndRoomIsUsedAgain() throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(2);
        Deque<Future<Filled>> waiting = new ArrayDeque<>();
        Set<byte[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
        try {
            for (int i = 0; i < 5_000; i++) {
                int length = i % 50 == 0 ? 1 + random.nextInt(4 << 20) : 1 + random.nextInt(20_000);
                byte with = (byte) i;
                waiting.add(readers.submit(() -> fill(length, with)));
                if (waiting.size() > WAITING) {
                    Filled filled = waiting.remove().get();
                    assertTrue(filled.isIntact());
                    arrays.add(filled.piece().octets());
                    filled.piece().close();
                }
            }
        } finally {
            readers.shutdownNow();
        }
        assertTrue(arrays.size() < 100, () -> arrays.size() + " arrays for 5,000 pieces");
    }

    @Test
    void smallPiecesShareASlabAndLargeOnesDoNot() {
        assertEquals(slabs.lend(1_000).octets(), slabs.lend(1_000).octets(), "two small ones, one after the other");
        Slabs.Piece large = slabs.lend(3 << 20);
        assertEquals(0, large.from());
        assertEquals(3 << 20, large.octets().length);
        large.close();
        assertEquals(large.octets(), slabs.lend(2 << 20).octets(), "what was given back is lent again");
    }
}
