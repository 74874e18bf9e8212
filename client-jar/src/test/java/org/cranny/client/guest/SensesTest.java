package org.cranny.client.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SensesTest {
    @TempDir
    Path run;

    private Senses.Here saying(String answer) {
        return new Senses.Here(run, run, words -> answer);
    }

    @Test
    void aConnectionIsMeteredWhenItsManagerSaysOrGuessesIt() {
        assertTrue(saying("u 1").metered());
        assertTrue(saying("u 3").metered());
        for (String no : new String[] {"u 0", "u 2", "u 4", "", "Failed to get property"}) {
            assertFalse(saying(no).metered(), no);
        }
    }

    @Test
    void somebodyWorksThereWhenASeatIsNotIdle() throws IOException {
        assertFalse(saying("b false").inUse(), "a machine without a seat");
        Files.createFile(run.resolve("seat0"));
        assertTrue(saying("b false").inUse());
        assertFalse(saying("b true").inUse());
        assertFalse(saying("").inUse());
    }

    @Test
    void nobodyIsAskedWhereThereIsNobody() {
        List<List<String>> asked = new ArrayList<>();
        Senses.Here here = new Senses.Here(run.resolve("none"), run.resolve("none"), words -> {
            asked.add(words);
            return "u 1";
        });
        assertFalse(here.metered() || here.inUse());
        assertEquals(List.of(), asked);
    }
}
