package org.cranny.central.authority;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.cranny.protocol.octets.MalformedException;
import org.junit.jupiter.api.Test;

class SealedKeyTest {
    @Test
    void aKeyThatTakesMoreMemoryThanThereIsIsRefused() {
        long heap = 256L << 20;
        assertDoesNotThrow(() -> SealedKey.requireRoom(192 << 10, heap));
        assertThrows(MalformedException.class, () -> SealedKey.requireRoom((192 << 10) + 1, heap));
    }
}
