package org.cranny.protocol.octets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathNotationTest {
    @Test
    void everyNameComesBackAsItWas() throws MalformedException {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] name = new byte[random.nextInt(12)];
            random.nextBytes(name);
            String text = PathNotation.of(name);
            assertArrayEquals(name, PathNotation.octets(text), text);
            assertEquals(-1, text.indexOf('\n'));
        }
    }

    @Test
    void textStaysText() throws MalformedException {
        assertEquals(
                "/é/\\\\/\\xFF\\x0A",
                PathNotation.of(new byte[] {'/', (byte) 0xc3, (byte) 0xa9, '/', '\\', '/', (byte) 0xff, '\n'}));
        assertArrayEquals("/é".getBytes(StandardCharsets.UTF_8), PathNotation.octets("/é"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\", "a\\x", "\\xG0", "\\x1", "\\n", "a\nb", "\u007f", "\ud800"})
    void refusesWhatIsNoNotation(String text) {
        assertThrows(MalformedException.class, () -> PathNotation.octets(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "/a/../b", "/.", "/a/.", "/..", "/a\\x00", "/\\x2e\\x2e/b"})
    void refusesPathsThatCannotBeMeant(String text) {
        assertThrows(MalformedException.class, () -> PathNotation.absolute(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a", "/...", "/.a", "/a./b..", "//a"})
    void takesAbsolutePaths(String text) throws MalformedException {
        assertEquals(text, PathNotation.of(PathNotation.absolute(text)));
    }
}
