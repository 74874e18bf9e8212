package org.cranny.engine.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.cranny.engine.check.Check;
import org.cranny.engine.check.CheckListener;
import org.cranny.engine.check.CheckOutcome;
import org.cranny.engine.check.Finding;
import org.cranny.engine.check.News;
import org.cranny.engine.check.Reading;
import org.cranny.engine.fetch.HostPacks;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.restore.Overwrite;
import org.cranny.engine.restore.Restore;
import org.cranny.engine.restore.RestoreListener;
import org.cranny.engine.restore.RestoreOutcome;
import org.cranny.engine.restore.RestoreRequest;
import org.cranny.engine.restore.TargetRules;
import org.cranny.engine.source.Source;
import org.cranny.protocol.masterfile.Host;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However a host lies about what it keeps, the right octets come back, and it is named. */
class LyingHostsTest {
    @TempDir
    Path folder;

    private final byte[] noise = new byte[2 << 20];
    private final Set<Long> named = new ConcurrentSkipListSet<>();
    private TestRealm realm;
    private Source source;
    private Path file;

    @BeforeEach
    void backUp() throws Exception {
        folder = folder.toRealPath();
        realm = new TestRealm(folder.resolve("realm"), 2);
        source = Source.open(
                folder.resolve("home"),
                realm.identity(),
                KeyRing.create(realm.identity().system(), TestRealm.random()));
        new Random(7).nextBytes(noise);
        file = Files.createDirectories(folder.resolve("data")).resolve("noise");
        Files.write(file, noise);
        backup();
    }

    @AfterEach
    void end() throws IOException {
        source.close();
    }

    private BackupOutcome backup() throws IOException, InterruptedException {
        return new Backup(
                        source,
                        realm,
                        realm,
                        realm.masterFile(),
                        realm.catalogueKey(),
                        packs(),
                        Clock.systemUTC(),
                        TestRealm.random())
                .run(
                        new BackupRequest(List.of(PathBytes.of(file.getParent())), "test", List.of(), false),
                        BackupListener.SILENT);
    }

    private HostPacks packs() {
        return new HostPacks(source.holdings(), realm.masterFile(), realm, this::name);
    }

    private void name(Host host, Object pack, String reason) {
        named.add(host.id());
    }

    /** The file, restored from the newest snapshot into a new folder. */
    private byte[] restored(String into) throws IOException, InterruptedException {
        Path target = folder.resolve(into);
        RestoreOutcome outcome = new Restore(source, packs())
                .run(
                        new RestoreRequest(
                                source.snapshots().find("latest"),
                                List.of(),
                                target,
                                Overwrite.REFUSE,
                                false,
                                TargetRules.FAITHFUL),
                        RestoreListener.SILENT);
        assertEquals(0, outcome.failed());
        return Files.readAllBytes(target.resolve(folder.getRoot().relativize(file)));
    }

    private CheckOutcome check() throws IOException, InterruptedException {
        return new Check(source, realm, realm.masterFile(), packs(), new Random(1), News.NONE)
                .run(source.snapshots().list(), new Reading(1, true), CheckListener.SILENT);
    }

    private static Set<Long> damaging(CheckOutcome check) {
        return check.findings().stream()
                .filter(Finding::damage)
                .map(Finding::host)
                .collect(Collectors.toSet());
    }

    /** What a file held before is in a pack that opens with the same keys, and may have its segments at the same places. */
    @Test
    void anotherPackOfTheSameSourceIsNotTakenForTheRightOne() throws Exception {
        byte[] before = noise.clone();
        new Random(8).nextBytes(noise);
        Files.write(file, noise);
        backup();
        for (long liar : realm.masterFile().keySet()) {
            realm.swappers.clear();
            realm.swappers.add(liar);
            named.clear();
            byte[] restored = restored("out-" + liar);
            assertFalse(Arrays.equals(before, restored), "what the file held before came back");
            assertArrayEquals(noise, restored);
            assertEquals(Set.of(liar), damaging(check()));
            assertTrue(Set.of(liar).containsAll(named), () -> "an honest host was named: " + named);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theRightOctetsComeBackAndTheLiarIsNamed(Lie lie) throws Exception {
        for (long liar : realm.masterFile().keySet()) {
            realm.liars.clear();
            realm.liars.put(liar, lie);
            named.clear();

            assertArrayEquals(noise, restored("out-" + liar));

            CheckOutcome check = check();
            assertEquals(Set.of(liar), damaging(check), () -> check.findings().toString());
            assertTrue(Set.of(liar).containsAll(named), () -> "an honest host was named: " + named);
        }
        realm.liars.values().removeIf(any -> true);
        assertTrue(backup().committed());
    }
}
