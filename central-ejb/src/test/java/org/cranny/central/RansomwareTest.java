package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cranny.central.brake.Brake;
import org.cranny.central.snapshot.SnapshotAge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The drill, with the real engine: a day of ransomware with every right on its source, and what comes back a month later. */
class RansomwareTest {
    private static final int HOURS = Boolean.getBoolean("cranny.long") ? 1 : 6;

    @TempDir
    Path folder;

    @Test
    void everySnapshotOfBeforeComesBackOctetForOctetAMonthLater() throws Exception {
        Map<String, String> settings = Map.of("cranny.brake.least-bytes", "65536", "cranny.prune.most-percent", "100");
        try (Simulation realm = new Simulation(1, Databases.H2, folder.toRealPath(), settings)) {
            Central central = realm.bench.central;
            SimulatedSource source = realm.source(0);
            for (int day = 0; day < 10; day++) {
                source.add(realm.random);
                assertTrue(source.backUp(SimulatedSource.Fault.NONE));
                realm.pass(Duration.ofDays(1));
                round(realm, source);
            }
            Set<Long> kept = new HashSet<>(kept(central, source));
            assertEquals(4, kept.size());
            Set<String> ids = new HashSet<>();
            central.snapshots.summaries(source.number(), 100).forEach(each -> ids.add(each.snapshot()));

            for (int hour = 0; hour < 24; hour += HOURS) {
                source.encrypt(realm.random);
                source.encrypt(realm.random);
                assertTrue(source.backUp(SimulatedSource.Fault.NONE));
                if (hour == 12) {
                    source.complainOfEverything();
                }
                realm.pass(Duration.ofHours(HOURS));
                round(realm, source);
            }
            List<Brake> on = central.brakes.list(false);
            System.out.println(on);
            assertEquals(
                    List.of(source.number()), on.stream().map(Brake::system).toList());

            for (int day = 0; day < 30; day += 3) {
                realm.pass(Duration.ofDays(3));
                round(realm, source);
            }
            assertTrue(kept(central, source).containsAll(kept));
            source.restoreEach(ids);
            System.out.println("restored, 30 days after the attack: " + ids.size() + " snapshots of before it");
        }
    }

    private static List<Long> kept(Central central, SimulatedSource source) {
        return central.keepsakes.ages(source.number()).stream()
                .filter(age -> age.forgotten() == null)
                .map(SnapshotAge::version)
                .toList();
    }

    private static void round(Simulation realm, SimulatedSource source) {
        realm.bench.central.brakes.lookAtAll();
        realm.bench.central.retention.forget(source.number(), "central");
        realm.bench.central.prune.execute(source.number());
        realm.repair();
    }
}
