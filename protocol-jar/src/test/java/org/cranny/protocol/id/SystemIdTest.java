package org.cranny.protocol.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.cranny.protocol.octets.OctetReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemIdTest {
    private final SystemId id = new SystemId(new RealmId("0123456789abcdef"), 17);

    @Test
    void hasOneUriAndOneTag() throws Exception {
        assertEquals("cranny:0123456789abcdef:17", id.uri());
        assertEquals(id, SystemId.ofUri(id.uri()));
        assertEquals(id, SystemId.read(new OctetReader(id.tag())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cranny:0123456789abcdef:0",
                "cranny:0123456789abcdef:-1",
                "cranny:0123456789ABCDEF:1",
                "cranny:0123456789abcdef:01",
                "cranny:0123456789abcdef:1 ",
                "cranny:0123456789abcdef:9999999999999999999"
            })
    void refusesEveryOtherUri(String uri) {
        assertThrows(IllegalArgumentException.class, () -> SystemId.ofUri(uri));
    }
}
