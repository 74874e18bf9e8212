package org.cranny.protocol.octets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OctetReaderTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 300, 1L << 32, Long.MAX_VALUE})
    void readsEveryNumberBack(long value) throws Exception {
        byte[] octets = new OctetWriter().varint(value).u64(value).u32(value).toByteArray();
        OctetReader in = new OctetReader(octets);
        assertEquals(value, in.varint());
        assertEquals(value, in.u64());
        assertEquals(value & 0xffffffffL, in.u32());
        in.end();
    }

    @Test
    void believesNoCountThatCannotBeTrue() {
        byte[] bomb = new OctetWriter().varint(Long.MAX_VALUE).toByteArray();
        assertThrows(MalformedException.class, () -> new OctetReader(bomb).bytes());
        assertThrows(MalformedException.class, () -> new OctetReader(bomb).count(0));
    }

    @Test
    void refusesAnEndlessNumber() {
        byte[] endless = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
        assertThrows(MalformedException.class, () -> new OctetReader(endless).varint());
    }

    @Test
    void refusesOctetsAfterTheEnd() {
        assertThrows(MalformedException.class, () -> new OctetReader(new byte[1]).end());
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        byte[] text = new OctetWriter().bytes(new byte[] {(byte) 0xff}).toByteArray();
        assertThrows(MalformedException.class, () -> new OctetReader(text).text());
    }
}
