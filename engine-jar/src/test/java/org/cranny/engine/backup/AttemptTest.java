package org.cranny.engine.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.source.Source;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a source asks for its turn with. */
class AttemptTest {
    @TempDir
    Path folder;

    private TestRealm realm;
    private KeyRing keys;

    @BeforeEach
    void makeARealm() throws Exception {
        realm = new TestRealm(folder.resolve("realm"), 3);
        keys = KeyRing.create(realm.identity().system(), TestRealm.random());
    }

    private Source open() throws IOException {
        return Source.open(folder.resolve("home"), realm.identity(), keys);
    }

    @Test
    void whoWasKilledBeforeItNotedItsTurnAsksForTheSameOne() throws Exception {
        String first;
        try (Source source = open()) {
            first = source.attempt();
        }
        try (Source again = open()) {
            assertEquals(first, again.attempt());
        }
    }

    @Test
    void whoNotedItAsksForAnother() throws Exception {
        try (Source source = open()) {
            String first = source.attempt();
            source.epoch(1);
            assertNotEquals(first, source.attempt());
        }
    }

    @Test
    void oneThatCannotBeReadIsMadeAnew() throws Exception {
        try (Source source = open()) {
            for (String damaged : new String[] {"", "x".repeat(36), "\u00e9".repeat(70)}) {
                Files.writeString(source.home().resolve("attempt"), damaged);
                String made = source.attempt();
                assertTrue(made.matches("[0-9a-f-]{36}"), made);
                assertEquals(made, source.attempt());
            }
        }
    }
}
