package org.cranny.engine.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.cranny.engine.check.Check;
import org.cranny.engine.check.CheckListener;
import org.cranny.engine.check.News;
import org.cranny.engine.check.Reading;
import org.cranny.engine.fetch.HostPacks;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.restore.Overwrite;
import org.cranny.engine.restore.Restore;
import org.cranny.engine.restore.RestoreListener;
import org.cranny.engine.restore.RestoreRequest;
import org.cranny.engine.restore.TargetRules;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.snapshot.UnknownSnapshotException;
import org.cranny.engine.source.Source;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.snapshot.Manifest;
import org.cranny.protocol.snapshot.VersionRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot names the packs that it needs and no others, and what only forgotten snapshots needed is given up. */
class ForgettingTest {
    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    private TestRealm realm;
    private Source source;
    private KeyRing keys;
    private Path data;
    private final List<String> notices = new ArrayList<>();

    @BeforeEach
    void begin() throws IOException {
        folder = folder.toRealPath();
        realm = new TestRealm(folder.resolve("realm"), 3);
        keys = KeyRing.create(realm.identity().system(), TestRealm.random());
        data = Files.createDirectories(folder.resolve("data"));
        open();
    }

    @AfterEach
    void end() throws IOException {
        source.close();
    }

    private void open() throws IOException {
        source = Source.open(folder.resolve("home"), realm.identity(), keys);
    }

    @Test
    void aSnapshotIsWholeOnThePacksItNamesAloneAndNamesNoneThatItDoesNotNeed() throws Exception {
        noise("stays", 3, 1);
        noise("goes", 48, 2);
        backup();
        Files.delete(data.resolve("goes"));
        noise("comes", 2, 3);
        backup();
        Set<FragmentId> first = packs(0);
        Set<FragmentId> second = packs(1);
        assertTrue(octets(second) < octets(first) - 14L * MIB, octets(second) + " of " + octets(first));
        assertFalse(second.containsAll(first));

        deleteAllBut(second);
        assertRestores();
        source.snapshots().forget(List.of(new VersionRange(1, 1)));
        assertTrue(checks());
    }

    @Test
    void whatAKeptSnapshotNeedsStaysThoughTheNewestDoesNot() throws Exception {
        noise("goes", 5, 2);
        backup();
        Files.delete(data.resolve("goes"));
        noise("comes", 2, 3);
        backup();
        backup();
        assertEquals(0, source.giveUp());
        noise("goes", 5, 2);
        realm.bytesPut.set(0);
        backup();
        assertTrue(realm.bytesPut.get() < 2 * MIB, "sent " + realm.bytesPut + " again");
        assertTrue(packs(3).containsAll(dataOf(packs(0))), "the new snapshot names what it needs of the old one's");
        deleteAllBut(packs(3));
        assertRestores();
    }

    @Test
    void whatOnlyForgottenSnapshotsNeededIsSentAgainWhenItTurnsUpAgain() throws Exception {
        noise("goes", 5, 2);
        backup();
        Snapshot forgotten = source.snapshots().find("latest");
        Files.delete(data.resolve("goes"));
        noise("comes", 2, 3);
        backup();
        Set<FragmentId> kept = packs(1);
        realm.forgotten.add(new VersionRange(1, 1));
        backup();
        assertThrows(UnknownSnapshotException.class, () -> source.snapshots().find(forgotten.id()));
        assertEquals(dataOf(kept), dataOf(packs(2)));
        kept.addAll(packs(2));
        deleteAllBut(kept);
        source.close();
        open();
        noise("goes", 5, 2);
        realm.bytesPut.set(0);
        backup();
        assertTrue(realm.bytesPut.get() >= 10 * MIB, "sent " + realm.bytesPut + " only");
        assertRestores();
        assertTrue(checks());
    }

    /** A scan that ended in no snapshot left a cache that takes a folder for known. */
    @Test
    void whatIsGivenUpIsNotTakenForUnchangedAfterABackupThatFailed() throws Exception {
        noise("goes", 5, 2);
        backup();
        Files.delete(data.resolve("goes"));
        noise("comes", 2, 3);
        backup();
        noise("goes", 5, 2);
        Files.writeString(data.resolve("new"), "new");
        realm.refuseCommits = true;
        assertThrows(RuntimeException.class, this::backup);
        realm.refuseCommits = false;
        realm.forgotten.add(new VersionRange(1, 1));
        Set<FragmentId> onlyOld = dataOf(packs(0));
        onlyOld.removeAll(packs(1));
        source.close();
        open();
        backup();
        for (FragmentId pack : onlyOld) {
            for (long host : realm.masterFile().keySet()) {
                Files.deleteIfExists(realm.folder(host).resolve(pack.toString()));
            }
        }
        assertRestores();
        assertTrue(checks());
    }

    @Test
    void nothingIsWalkedAndNothingChangesWhenNothingChanged() throws Exception {
        noise("stays", 3, 1);
        backup();
        int last = 0;
        do {
            backup();
            last++;
        } while (!Arrays.equals(root(last), root(last - 1)) && last < 30);
        assertEquals(packs(last - 1), packs(last));
        Manifest unchanged = source.snapshots().list().get(last).manifest();
        assertEquals(List.of(), unchanged.removed());
        assertEquals(List.of(), unchanged.added());
    }

    @Test
    void treeThatCannotBeReadKeepsAllPacksAndSaysSo() throws Exception {
        noise("goes", 5, 2);
        Files.createDirectories(data.resolve("sub/deep"));
        Files.writeString(data.resolve("sub/deep/file"), "text");
        backup();
        Files.delete(data.resolve("goes"));
        for (FragmentId pack : packs(0)) {
            Files.deleteIfExists(source.packs().file(pack));
        }
        realm.failReadsAfter(0);
        backup();
        assertTrue(packs(1).containsAll(packs(0)));
        assertEquals(1, notices.size(), notices::toString);
        assertTrue(notices.get(0).contains("keeps all packs"), notices::toString);
    }

    /** Folders above what is backed up belong to the tree, and other programs may change them. */
    private byte[] root(int at) throws IOException {
        return source.snapshots().list().get(at).manifest().root();
    }

    // ---- doing it

    private void noise(String name, int mebibytes, long seed) throws IOException {
        byte[] octets = new byte[mebibytes * MIB];
        new Random(seed).nextBytes(octets);
        Files.write(data.resolve(name), octets);
    }

    private BackupOutcome backup() throws IOException, InterruptedException {
        Backup backup = new Backup(
                source,
                realm,
                realm,
                realm.masterFile(),
                realm.catalogueKey(),
                hosts(),
                Clock.offset(Clock.systemUTC(), Duration.ofSeconds(5)),
                TestRealm.random());
        return backup.run(
                new BackupRequest(List.of(PathBytes.of(data)), "test", List.of(), false), new BackupListener() {
                    @Override
                    public void notice(String line) {
                        notices.add(line);
                    }
                });
    }

    private HostPacks hosts() {
        return new HostPacks(source.holdings(), realm.masterFile(), realm, (host, pack, reason) -> {});
    }

    private Set<FragmentId> packs(int at) throws IOException {
        return new HashSet<>(
                source.snapshots().packSet(source.snapshots().list().get(at)).keySet());
    }

    private Set<FragmentId> dataOf(Set<FragmentId> packs) {
        Set<FragmentId> data = new HashSet<>(packs);
        data.removeIf(pack -> Files.exists(source.packs().file(pack)));
        return data;
    }

    private long octets(Set<FragmentId> packs) throws IOException {
        long sum = 0;
        for (FragmentId pack : packs) {
            sum += source.holdings().of(pack).orElseThrow().pack().length();
        }
        return sum;
    }

    private void deleteAllBut(Set<FragmentId> kept) throws IOException {
        for (long host : realm.masterFile().keySet()) {
            for (Path fragment : realm.fragments(host)) {
                if (!kept.contains(FragmentId.of(fragment.getFileName().toString()))) {
                    Files.delete(fragment);
                }
            }
        }
    }

    private void assertRestores() throws IOException, InterruptedException {
        Path target = Files.createTempDirectory(folder, "out");
        RestoreRequest request = new RestoreRequest(
                source.snapshots().find("latest"), List.of(), target, Overwrite.REFUSE, false, TargetRules.FAITHFUL);
        assertEquals(
                0,
                new Restore(source, hosts())
                        .run(request, RestoreListener.SILENT)
                        .failed());
        Path restored = target.resolve(folder.getRoot().relativize(data));
        try (var files = Files.list(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertEquals(-1, Files.mismatch(file, restored.resolve(file.getFileName())), file::toString);
            }
        }
    }

    private boolean checks() throws IOException, InterruptedException {
        return new Check(source, realm, realm.masterFile(), hosts(), new Random(1), News.NONE)
                .run(source.snapshots().kept(), new Reading(1, true), CheckListener.SILENT)
                .sound();
    }
}
