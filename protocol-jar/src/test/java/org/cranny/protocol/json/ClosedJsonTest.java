package org.cranny.protocol.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.InputStream;
import org.cranny.protocol.octets.MalformedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClosedJsonTest {
    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":[{},[1,\"]\\\"}\"]]}", "[]", "null", "\"{\"", ""})
    void whatIsClosedComesBackAsItIs(String text) throws Exception {
        assertEquals(text, ClosedJson.require(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":{", "{\"a\":[}", "]", "{}}", "[\"", "[\"\\\"]", "{\"a\":\""})
    void whatIsNotClosedIsRefused(String text) {
        assertThrows(MalformedException.class, () -> ClosedJson.require(text));
    }

    @ParameterizedTest
    @ValueSource(ints = {ClosedJson.DEEPEST + 1, 1_000_000})
    void whatIsTooDeepIsRefused(int depth) throws Exception {
        ClosedJson.require("[".repeat(ClosedJson.DEEPEST) + "]".repeat(ClosedJson.DEEPEST));
        assertThrows(MalformedException.class, () -> ClosedJson.require("[".repeat(depth) + "]".repeat(depth)));
    }

    @ParameterizedTest
    @CsvSource({"json, true", "problem+json, true", "x-ndjson, false", "octet-stream, false"})
    void jsonIsBoundUnlessItsOctetsAreAskedFor(String subtype, boolean bound) {
        assertEquals(bound, ClosedJson.isBound(subtype, String.class));
        assertFalse(ClosedJson.isBound(subtype, byte[].class));
        assertFalse(ClosedJson.isBound(subtype, InputStream.class));
    }
}
