package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cranny.central.timer.IntervalTimer;
import org.cranny.central.timer.Turn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TurnTest {
    private static final Duration TIME = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void ofTwoServersOneHasTheTurn(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            Turn one = new Turn(bench.central.database, bench.clock);
            Turn two = new Turn(bench.central.database, bench.clock);
            assertTrue(one.take("master-file", TIME));
            assertTrue(one.take("master-file", TIME));
            assertFalse(two.take("master-file", TIME));
            bench.clock.advance(TIME.plusSeconds(1));
            assertTrue(two.take("master-file", TIME));
            assertFalse(one.take("master-file", TIME));
        }
    }

    /** One that waits for a turn that nobody made would never do anything. */
    @Test
    void whatEveryTimerWaitsForIsThere() throws Exception {
        try (Bench bench = new Bench(Databases.H2, folder)) {
            Turn turn = new Turn(bench.central.database, bench.clock);
            List<String> taken = new ArrayList<>();
            for (JavaClass each : new ClassFileImporter().importPackages("org.cranny.central")) {
                if (each.isAssignableTo(IntervalTimer.class)
                        && each.isTopLevelClass()
                        && !each.isEquivalentTo(IntervalTimer.class)) {
                    IntervalTimer timer =
                            (IntervalTimer) each.reflect().getConstructor().newInstance();
                    timer.turnTaken().ifPresent(taken::add);
                }
            }
            assertTrue(taken.containsAll(List.of("schedule", "repair", "log-anchor")), taken::toString);
            taken.forEach(name -> assertDoesNotThrow(() -> turn.take(name, TIME)));
            assertThrows(IllegalStateException.class, () -> turn.take("nobodys", TIME));
        }
    }
}
