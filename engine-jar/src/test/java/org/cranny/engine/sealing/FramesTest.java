package org.cranny.engine.sealing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FramesTest {
    @Test
    void addsATagForEachFrame() {
        assertEquals(16, Frames.sealedLength(0));
        assertEquals(17, Frames.sealedLength(1));
        assertEquals(16_400, Frames.sealedLength(16_384));
        assertEquals(16_417, Frames.sealedLength(16_385));
        assertEquals((1 << 20) + 64 * 16, Frames.sealedLength(1 << 20));
    }

    @Test
    void findsThePlainLengthOfEverySealedLengthThatExists() {
        long next = 0;
        for (long sealed = 0; sealed < 70_000; sealed++) {
            if (sealed == Frames.sealedLength(next)) {
                assertEquals(next++, Frames.plainLength(sealed));
            } else {
                assertEquals(-1, Frames.plainLength(sealed));
            }
        }
    }
}
