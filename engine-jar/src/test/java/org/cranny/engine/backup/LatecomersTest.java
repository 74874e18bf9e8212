package org.cranny.engine.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.cranny.engine.backup.LateSnapshot.Outcome;
import org.cranny.engine.fetch.HostPacks;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.restore.Overwrite;
import org.cranny.engine.restore.Restore;
import org.cranny.engine.restore.RestoreListener;
import org.cranny.engine.restore.RestoreRequest;
import org.cranny.engine.restore.TargetRules;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.source.Source;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.snapshot.PackEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots that were made while central was away never block the backups after them. */
class LatecomersTest {
    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    private TestRealm realm;
    private Source source;
    private Path data;
    private final List<LateSnapshot> late = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();

    @BeforeEach
    void begin() throws IOException {
        folder = folder.toRealPath();
        realm = new TestRealm(folder.resolve("realm"), 3);
        data = Files.createDirectories(folder.resolve("data"));
        source = Source.open(
                folder.resolve("home"),
                realm.identity(),
                KeyRing.create(realm.identity().system(), TestRealm.random()));
    }

    @AfterEach
    void end() throws IOException {
        source.close();
    }

    @Test
    void severalAreCommittedInOrderAsTheyAreWhenNothingIsMissing() throws Exception {
        noise("stays", 1, 1);
        backup();
        List<String> made = offLine(() -> noise("one", 1, 2), () -> noise("two", 1, 3));
        backup();
        assertEquals(made, ids().subList(1, 3));
        assertEquals(4, realm.committedCount());
        assertEquals(List.of(), late);
    }

    @Test
    void theyAreHandedOverWithoutAnotherBackup() throws Exception {
        noise("stays", 1, 1);
        backup();
        List<String> made = offLine(() -> noise("one", 1, 2), () -> noise("two", 1, 3));
        engine(source).handOver(BackupListener.SILENT);
        assertEquals(made, ids().subList(1, 3));
        assertEquals(3, realm.committedCount());
        assertEquals(List.of(), unregistered());
        assertAllCommittedAndWhole();
    }

    @Test
    void whatCannotBeHandedOverAsItIsWaitsForTheNextBackup() throws Exception {
        noise("old", 3, 1);
        backup();
        List<String> made = offLine(() -> noise("one", 1, 2));
        discard(dataOf(0));
        engine(source).handOver(BackupListener.SILENT);
        assertEquals(made, ids().subList(1, 2));
        assertEquals(1, realm.committedCount());
        backup();
        assertEquals(3, realm.committedCount());
        assertAllCommittedAndWhole();
    }

    @Test
    void whatIsMissingIsSealedAgainFromUnchangedFilesAndAllAreCommittedInOrder() throws Exception {
        noise("old", 3, 1);
        backup();
        List<String> made = offLine(() -> noise("one", 1, 2), () -> noise("two", 1, 3));
        discard(dataOf(0));
        backup();
        assertEquals(
                List.of(Outcome.COMMITTED, Outcome.COMMITTED),
                late.stream().map(LateSnapshot::outcome).toList());
        assertEquals(made, late.stream().map(LateSnapshot::snapshot).toList());
        assertEquals(late.stream().map(LateSnapshot::now).toList(), ids().subList(1, 3));
        assertEquals(4, realm.committedCount());
        assertAllCommittedAndWhole();
    }

    @Test
    void oneThatCannotBeMadeWholeIsDroppedWithASentenceAndTheOthersStay() throws Exception {
        noise("goes", 3, 1);
        noise("stays", 1, 9);
        backup();
        List<String> made =
                offLine(() -> noise("one", 1, 2), () -> Files.delete(data.resolve("goes")), () -> noise("three", 1, 4));
        discard(dataOf(0));
        backup();
        assertEquals(
                List.of(Outcome.DROPPED, Outcome.COMMITTED, Outcome.COMMITTED),
                late.stream().map(LateSnapshot::outcome).toList());
        assertEquals(made.get(0), late.get(0).snapshot());
        assertTrue(late.get(0).sentence().contains(made.get(0).substring(0, 8)), late.get(0)::sentence);
        assertTrue(late.get(0).sentence().contains("could not be kept"), late.get(0)::sentence);
        assertEquals(4, ids().size());
        assertAllCommittedAndWhole();
        late.clear();
        backup();
        assertEquals(List.of(), late);
        assertEquals(List.of(), source.snapshots().aside());
    }

    @Test
    void centralThatHasAnotherSnapshotOfThatVersionGetsItBehindItsOwn() throws Exception {
        noise("stays", 1, 1);
        backup();
        List<String> made = offLine(() -> noise("one", 1, 2));
        Source other = cloneOfHome();
        realm.centralAway = false;
        noise("elsewhere", 1, 5);
        try (other) {
            other.snapshots().setAside();
            other.snapshots().aside().forEach(each -> drop(other, each));
            backup(other);
        }
        backup();
        assertEquals(1, late.size());
        assertEquals(Outcome.COMMITTED, late.get(0).outcome());
        assertEquals(made.get(0), late.get(0).snapshot());
        assertEquals(4, realm.committedCount());
        assertEquals(4, ids().size());
        assertEquals(late.get(0).now(), ids().get(2));
        assertWhole(source.snapshots().list().subList(2, 4));
    }

    @Test
    void receiptsThatCentralDoesNotBelieveAnyMoreAreNoObstacle() throws Exception {
        noise("stays", 1, 1);
        backup();
        offLine(() -> noise("one", 2, 2));
        realm.refusedReceipts.addAll(unregistered());
        backup();
        assertEquals(1, late.size());
        assertTrue(notices.stream().anyMatch(line -> line.contains("receipts are not good")), notices::toString);
        assertEquals(realm.committedCount(), ids().size());
        assertAllCommittedAndWhole();
    }

    @Test
    void centralThatGoesAwayAgainInBetweenLosesNone() throws Exception {
        noise("old", 3, 1);
        backup();
        offLine(() -> noise("one", 1, 2), () -> noise("two", 1, 3));
        discard(dataOf(0));
        realm.commitsUntilAway = 1;
        backup();
        assertEquals(2, realm.committedCount());
        realm.commitsUntilAway = Long.MAX_VALUE;
        realm.centralAway = false;
        backup();
        assertEquals(List.of(), source.snapshots().aside());
        assertEquals(5, ids().size());
        assertAllCommittedAndWhole();
    }

    @Test
    void aBackupThatFailsKeepsThemForTheNext() throws Exception {
        noise("old", 3, 1);
        backup();
        offLine(() -> noise("one", 1, 2));
        discard(dataOf(0));
        realm.masterFile().keySet().forEach(realm::kill);
        assertThrows(IOException.class, this::backup);
        realm.heal();
        backup();
        assertEquals(3, ids().size());
        assertAllCommittedAndWhole();
    }

    // ---- doing it

    private interface Change {
        void make() throws IOException;
    }

    /** Makes a change and a backup each while central is away. @return the ids of the snapshots */
    private List<String> offLine(Change... changes) throws Exception {
        realm.centralAway = true;
        List<String> made = new ArrayList<>();
        for (Change change : changes) {
            change.make();
            made.add(backup().snapshot());
        }
        realm.centralAway = false;
        return made;
    }

    private Source cloneOfHome() throws IOException {
        source.sync();
        Path home = folder.resolve("home");
        Path copy = folder.resolve("copy");
        try (var files = Files.walk(home)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(home.relativize(file).toString()));
            }
        }
        return Source.open(copy, realm.identity(), source.keys());
    }

    private static void drop(Source from, Snapshot snapshot) {
        try {
            from.snapshots().dropAside(snapshot);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<String> unregistered() {
        return source.holdings().unregistered().stream()
                .map(org.cranny.protocol.snapshot.Placement::pack)
                .toList();
    }

    private void noise(String name, int mebibytes, long seed) throws IOException {
        byte[] octets = new byte[mebibytes * MIB];
        new Random(seed).nextBytes(octets);
        Files.write(data.resolve(name), octets);
    }

    private BackupOutcome backup() throws IOException, InterruptedException {
        return backup(source);
    }

    private Backup engine(Source from) {
        return new Backup(
                from,
                realm,
                realm,
                realm.masterFile(),
                realm.catalogueKey(),
                hosts(),
                Clock.offset(Clock.systemUTC(), Duration.ofSeconds(5)),
                TestRealm.random());
    }

    private BackupOutcome backup(Source from) throws IOException, InterruptedException {
        return engine(from)
                .run(new BackupRequest(List.of(PathBytes.of(data)), "test", List.of(), false), new BackupListener() {
                    @Override
                    public void late(LateSnapshot snapshot) {
                        late.add(snapshot);
                    }

                    @Override
                    public void notice(String line) {
                        notices.add(line);
                    }
                });
    }

    private HostPacks hosts() {
        return new HostPacks(source.holdings(), realm.masterFile(), realm, (host, pack, reason) -> {});
    }

    /** Central gives packs up, and their hosts delete them. */
    private void discard(Set<FragmentId> packs) throws IOException {
        for (FragmentId pack : packs) {
            realm.gone.add(pack.toString());
            for (long host : realm.masterFile().keySet()) {
                Files.deleteIfExists(realm.folder(host).resolve(pack.toString()));
            }
        }
    }

    private Set<FragmentId> dataOf(int at) throws IOException {
        Set<FragmentId> packs = new HashSet<>();
        for (PackEntry entry : source.snapshots().list().get(at).manifest().added()) {
            if (!Files.exists(source.packs().file(entry.pack()))) {
                packs.add(entry.pack());
            }
        }
        return packs;
    }

    private List<String> ids() throws IOException {
        return source.snapshots().list().stream().map(Snapshot::id).toList();
    }

    /** All but the first, whose packs may have been given up, can be restored from the packs that they name. */
    private void assertAllCommittedAndWhole() throws Exception {
        List<Snapshot> all = source.snapshots().list();
        assertTrue(source.snapshots().history().whole());
        for (Snapshot snapshot : all) {
            assertNotNull(snapshot.committed(), snapshot.id());
        }
        assertWhole(all.subList(1, all.size()));
    }

    private void assertWhole(List<Snapshot> snapshots) throws Exception {
        for (Snapshot snapshot : snapshots) {
            Path target = Files.createTempDirectory(folder, "out");
            RestoreRequest request =
                    new RestoreRequest(snapshot, List.of(), target, Overwrite.REFUSE, false, TargetRules.FAITHFUL);
            var outcome = new Restore(source, hosts()).run(request, RestoreListener.SILENT);
            assertEquals(0, outcome.failed());
            assertEquals(snapshot.manifest().files(), outcome.files());
        }
    }
}
