package org.cranny.engine.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A thousand files with one reason are few lines, and none goes uncounted. */
class TargetWarningsTest {
    private final TargetWarnings warnings = new TargetWarnings();

    @Test
    void ofEachReasonSomeAreNamedAndTheOthersCounted() {
        IntStream.range(0, 1_204).forEach(i -> warnings.add("/a/" + i, "owner 0:0 not restored: not permitted"));
        warnings.add("/dev/null", "left out a character device");
        assertEquals(
                List.of(
                        "/a/0: owner 0:0 not restored: not permitted",
                        "/a/1: owner 0:0 not restored: not permitted",
                        "/a/2: owner 0:0 not restored: not permitted",
                        "1,201 more: owner 0:0 not restored: not permitted",
                        "/dev/null: left out a character device"),
                warnings.lines());
        assertEquals(1_205, warnings.count());
    }

    @Test
    void reasonsWithoutEndTakeNoRoomWithoutEnd() {
        IntStream.range(0, 100_000).forEach(i -> warnings.add("/a/" + i, "reason " + i));
        assertEquals(304, warnings.lines().size());
        assertEquals(
                "99,697 more: not as it was, for another reason",
                warnings.lines().get(303));
        assertEquals(100_000, warnings.count());
    }
}
