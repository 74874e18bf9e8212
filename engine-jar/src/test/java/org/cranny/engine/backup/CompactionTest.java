package org.cranny.engine.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
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
import org.cranny.protocol.snapshot.VersionRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packs that are mostly dead are sealed anew, and every kept snapshot can be restored before, meanwhile and after. */
class CompactionTest {
    private static final int MIB = 1 << 20;

    /** Of the first pack so many MiB go; what is left of it is less than a tenth of everything. */
    private static final int GOING = 13;

    @TempDir
    Path folder;

    private TestRealm realm;
    private Source source;
    private KeyRing keys;
    private Path data;
    private FragmentId sparse;

    @BeforeEach
    void begin() throws Exception {
        folder = folder.toRealPath();
        realm = new TestRealm(folder.resolve("realm"), 2);
        keys = KeyRing.create(realm.identity().system(), TestRealm.random());
        data = Files.createDirectories(folder.resolve("data"));
        open();
        for (int i = 0; i < GOING; i++) {
            noise("a-" + (10 + i), MIB, i);
        }
        noise("stays", MIB, 99);
        backup();
        noise("bulk", 24 * MIB, 100);
        backup();
        for (int i = 0; i < GOING; i++) {
            Files.delete(data.resolve("a-" + (10 + i)));
        }
        backup();
        assertTrue(packs(2).containsAll(dataOf(packs(3))), "nothing is moved before anything was forgotten");
        Files.writeString(data.resolve("new"), "new");
    }

    @AfterEach
    void end() throws IOException {
        source.close();
    }

    private void open() throws IOException {
        source = Source.open(folder.resolve("home"), realm.identity(), keys);
    }

    @Test
    void whatLivesIsMovedAndTheOldPackGoesWithTheSnapshotsThatNameIt() throws Exception {
        realm.forgotten.add(new VersionRange(1, 2));
        backup();
        Set<FragmentId> left = dataOf(packs(3));
        left.removeAll(packs(4));
        assertEquals(1, left.size(), "one pack was mostly dead");
        sparse = left.iterator().next();
        assertTrue(octets(packs(4)) < octets(packs(3)) - 6L * MIB, octets(packs(4)) + " of " + octets(packs(3)));
        restores(3, false);
        restores(4, true);

        realm.forgotten.add(new VersionRange(3, 3));
        Files.writeString(data.resolve("new"), "newer");
        backup();
        assertFalse(source.holdings().of(sparse).isPresent());
        for (long host : realm.masterFile().keySet()) {
            for (Path fragment : realm.fragments(host)) {
                if (!packs(5).contains(FragmentId.of(fragment.getFileName().toString()))) {
                    Files.delete(fragment);
                }
            }
        }
        restores(5, true);
    }

    @Test
    void stoppedAtAnyPackEverySnapshotIsWholeAndTheNextBackupGoesOn() throws Exception {
        realm.forgotten.add(new VersionRange(1, 2));
        int failed = 0;
        for (int put = 1; ; put++) {
            realm.killAfterPuts(put);
            try {
                backup();
                break;
            } catch (IOException stopped) {
                failed++;
            }
            realm.neverKill();
            realm.heal();
            source.close();
            open();
            restores(3, false);
        }
        realm.neverKill();
        realm.heal();
        assertTrue(failed >= 4, failed + " stops only");
        restores(3, false);
        restores(4, true);
    }

    @Test
    void packThatCannotBeReadStaysNeeded() throws Exception {
        realm.forgotten.add(new VersionRange(1, 2));
        realm.failReadsAfter(0);
        backup();
        realm.failReadsAfter(Long.MAX_VALUE);
        assertTrue(packs(4).containsAll(dataOf(packs(3))));
        restores(4, true);
    }

    // ---- doing it

    private void noise(String name, int octets, long seed) throws IOException {
        byte[] noise = new byte[octets];
        new Random(seed).nextBytes(noise);
        Files.write(data.resolve(name), noise);
    }

    private void backup() throws IOException, InterruptedException {
        new Backup(
                        source,
                        realm,
                        realm,
                        realm.masterFile(),
                        realm.catalogueKey(),
                        hosts(),
                        Clock.offset(Clock.systemUTC(), Duration.ofSeconds(5)),
                        TestRealm.random())
                .run(new BackupRequest(List.of(PathBytes.of(data)), "test", List.of(), false), BackupListener.SILENT);
    }

    private HostPacks hosts() {
        return new HostPacks(source.holdings(), realm.masterFile(), realm, (host, pack, reason) -> {});
    }

    private Set<FragmentId> packs(int version) throws IOException {
        return new HashSet<>(source.snapshots().packSet(snapshot(version)).keySet());
    }

    private Snapshot snapshot(int version) throws IOException {
        return source.snapshots().list().get(version - 1);
    }

    private Set<FragmentId> dataOf(Set<FragmentId> packs) {
        return packs.stream()
                .filter(pack -> !Files.exists(source.packs().file(pack)))
                .collect(Collectors.toSet());
    }

    private long octets(Set<FragmentId> packs) {
        return packs.stream()
                .mapToLong(
                        pack -> source.holdings().of(pack).orElseThrow().pack().length())
                .sum();
    }

    private void restores(int version, boolean all) throws IOException, InterruptedException {
        Path target = Files.createTempDirectory(folder, "out");
        RestoreRequest request =
                new RestoreRequest(snapshot(version), List.of(), target, Overwrite.REFUSE, false, TargetRules.FAITHFUL);
        assertEquals(
                0,
                new Restore(source, hosts())
                        .run(request, RestoreListener.SILENT)
                        .failed());
        Path restored = target.resolve(folder.getRoot().relativize(data));
        assertEquals(-1, Files.mismatch(data.resolve("bulk"), restored.resolve("bulk")));
        assertEquals(-1, Files.mismatch(data.resolve("stays"), restored.resolve("stays")));
        if (all) {
            assertEquals(-1, Files.mismatch(data.resolve("new"), restored.resolve("new")));
        }
    }
}
