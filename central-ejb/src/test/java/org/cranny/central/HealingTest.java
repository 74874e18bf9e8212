package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.cranny.central.placement.CopyCount;
import org.cranny.engine.check.Finding;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.snapshot.PackClass;
import org.cranny.protocol.snapshot.Placement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What no host has any more, its source makes up for at its next backup, and snapshots of before are whole again. */
class HealingTest {
    private static final int SIZE = 100_000;

    @TempDir
    Path folder;

    private final Random random = new Random(5);
    private final TreeMap<String, ByteBuffer> files = new TreeMap<>();
    private final Map<Snapshot, Map<String, ByteBuffer>> snapshots = new LinkedHashMap<>();
    private Simulation realm;
    private SimulatedSource source;

    @BeforeEach
    void begin() throws Exception {
        realm = new Simulation(3, Databases.H2, folder.toRealPath());
        source = realm.source(0);
        realm.pass(Duration.ofMinutes(30));
        for (int i = 0; i < 3; i++) {
            write("f" + i);
            backUp();
        }
    }

    @AfterEach
    void end() {
        realm.close();
    }

    private void write(String name) throws Exception {
        byte[] octets = new byte[SIZE];
        random.nextBytes(octets);
        source.write(name, octets);
        files.put(name, ByteBuffer.wrap(octets));
    }

    private void backUp() throws Exception {
        realm.pass(Duration.ofMinutes(1));
        assertTrue(source.backUp(SimulatedSource.Fault.NONE));
        snapshots.put(source.newest(), new TreeMap<>(files));
    }

    private Set<String> loseAll(PackClass packClass) {
        Set<String> lost = new HashSet<>();
        for (Placement placement : source.placements()) {
            if (placement.packClass().equals(packClass.name())) {
                realm.loseEverywhere(source, placement.pack());
                lost.add(placement.pack());
            }
        }
        assertFalse(lost.isEmpty());
        return lost;
    }

    private void allAreWhole() throws Exception {
        for (Map.Entry<Snapshot, Map<String, ByteBuffer>> each : snapshots.entrySet()) {
            long version = each.getKey().manifest().version();
            assertEquals(each.getValue(), source.restored(each.getKey()), "version " + version);
            assertEquals(each.getValue(), source.restoredElsewhere(each.getKey()), "version " + version);
        }
        assertEquals(List.of(), source.check().findings());
    }

    @ParameterizedTest
    @EnumSource
    void afterTheNextBackupEverySnapshotOfBeforeIsWhole(PackClass lost) throws Exception {
        Set<String> packs = loseAll(lost);
        backUp();
        allAreWhole();
        long held = source.placements().stream()
                .filter(placement -> packs.contains(placement.pack())
                        && placement.fragments().size() > 1)
                .count();
        assertEquals(lost == PackClass.DATA ? 0 : packs.size(), held, "what the source has a copy of is the same pack");
        write("more");
        backUp();
        allAreWhole();
    }

    @Test
    void whatWasSealedInsteadStaysThoughTheFilesGo() throws Exception {
        loseAll(PackClass.DATA);
        backUp();
        Set<FragmentId> instead = new HashSet<>();
        source.newest().manifest().added().forEach(entry -> instead.add(entry.pack()));
        for (String name : List.of("f0", "f1", "f2")) {
            source.delete(name);
            files.remove(name);
        }
        write("else");
        backUp();
        assertTrue(source.packSet(source.newest()).keySet().containsAll(instead));
        allAreWhole();
    }

    @Test
    void whatChangedMeanwhileIsNamedAndAllElseIsWhole() throws Exception {
        loseAll(PackClass.DATA);
        write("f1");
        backUp();
        snapshots.forEach((snapshot, before) -> {
            Map<String, ByteBuffer> expected = new HashMap<>(before);
            expected.values().removeIf(octets -> !files.containsValue(octets));
            try {
                assertEquals(expected, source.restored(snapshot));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        List<Finding> findings = source.check().findings();
        assertEquals(2, findings.size(), () -> "of two snapshots, in " + findings);
        assertTrue(
                findings.stream()
                        .allMatch(each -> each.damage() && each.hostName().endsWith("/f1")),
                findings::toString);
        List<CopyCount> counts = realm.bench.central.repairs.redundancy(source.number());
        assertEquals(0, counts.get(0).copies(), counts::toString);
    }
}
