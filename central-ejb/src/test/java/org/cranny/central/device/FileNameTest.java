package org.cranny.central.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.cranny.protocol.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {
    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {".", "..", "a/b", "../up", "/", "line\nbreak", "nul\u0000", "\u007F", "\u0085", "half \uD83D"})
    void nameThatCannotBeOneIsRefused(String name) {
        ProblemException problem = assertThrows(ProblemException.class, () -> FileName.read(name));
        assertEquals("name", problem.problem().field());
    }

    @ParameterizedTest
    @ValueSource(strings = {"...", "a\\b", "<script>", "\"'; rm -rf ~ #", " ", "\u202Egpj.exe", "👩‍👧.jpg", "-rf"})
    void oddNameIsTakenAsItIs(String name) {
        assertArrayEquals(
                name.getBytes(StandardCharsets.UTF_8), FileName.read(name).octets());
    }

    @Test
    void nameIsMeasuredInOctets() {
        FileName.read("é".repeat(127));
        assertThrows(ProblemException.class, () -> FileName.read("é".repeat(128)));
    }
}
