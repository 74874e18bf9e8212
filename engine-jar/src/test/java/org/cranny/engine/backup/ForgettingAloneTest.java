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
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cranny.engine.fetch.HostPacks;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.restore.Overwrite;
import org.cranny.engine.restore.Restore;
import org.cranny.engine.restore.RestoreListener;
import org.cranny.engine.restore.RestoreRequest;
import org.cranny.engine.restore.TargetRules;
import org.cranny.engine.retention.ForgetOutcome;
import org.cranny.engine.retention.ForgetPlan;
import org.cranny.engine.retention.Forgetting;
import org.cranny.engine.retention.Graces;
import org.cranny.engine.snapshot.UnknownSnapshotException;
import org.cranny.engine.source.Source;
import org.cranny.protocol.policy.Policy.Retention;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source without central forgets by itself: slowly, and nothing that a kept snapshot needs. */
class ForgettingAloneTest {
    private static final int MIB = 1 << 20;
    private static final Retention LAST = new Retention(1, null, null, null, null, null, null);
    private static final Retention NOTHING_SET = new Retention(null, null, null, null, null, null, null);
    private static final Graces GRACES = new Graces(Duration.ofDays(30), Duration.ofHours(4), 100);

    @TempDir
    Path folder;

    private TestRealm realm;
    private Source source;
    private Path data;
    private Instant now = Instant.now();

    @BeforeEach
    void twoBackupsOfWhichTheFirstHasWhatTheSecondHasNot() throws Exception {
        folder = folder.toRealPath();
        realm = new TestRealm(folder.resolve("realm"), 3);
        data = Files.createDirectories(folder.resolve("data"));
        source = Source.open(
                folder.resolve("home"),
                realm.identity(),
                KeyRing.create(realm.identity().system(), TestRealm.random()));
        noise("goes", 5, 1);
        backup();
        Files.delete(data.resolve("goes"));
        noise("stays", 2, 2);
        backup();
    }

    @AfterEach
    void end() throws IOException {
        source.close();
    }

    @Test
    void goesOneStepAfterTheOtherAndKeepsWhatIsNeeded() throws Exception {
        long before = octetsOnHosts();
        assertEquals(List.of(1L), forgetting(GRACES).plan(LAST).versions());
        assertEquals(1, run(LAST).forgotten());
        assertEquals(before, octetsOnHosts());
        later(Duration.ofDays(29));
        assertEquals(0, run(NOTHING_SET).givenUp());
        assertEquals(2, source.snapshots().kept().size());

        later(Duration.ofDays(2));
        ForgetOutcome givenUp = run(NOTHING_SET);
        assertEquals(1, givenUp.givenUp());
        assertTrue(givenUp.marked() > 0);
        assertEquals(0, givenUp.putAway());
        assertThrows(UnknownSnapshotException.class, () -> source.snapshots()
                .find(source.snapshots().list().get(0).id()));

        later(Duration.ofHours(5));
        ForgetOutcome away = run(NOTHING_SET);
        assertTrue(away.putAway() >= 2, away::toString);
        assertEquals(0, away.deleted());
        assertTrue(octetsOnHosts() <= before - 10L * MIB, before + " " + octetsOnHosts());
        assertEquals(0, run(NOTHING_SET).deleted());

        realm.trashIsRipe = true;
        ForgetOutcome deleted = run(NOTHING_SET);
        assertEquals(away.putAway(), deleted.deleted());
        assertEquals(0, deleted.waiting());
        assertRestores();

        noise("goes", 5, 1);
        realm.bytesPut.set(0);
        backup();
        assertTrue(realm.bytesPut.get() >= 10L * MIB, "sent " + realm.bytesPut + " only");
        assertRestores();
    }

    @Test
    void whatIsForgottenComesBackWhenItIsRecalledInTime() throws Exception {
        run(LAST);
        Forgetting forgetting = forgetting(GRACES);
        assertEquals(
                ForgetPlan.State.FORGOTTEN,
                forgetting.plan(NOTHING_SET).snapshots().get(1).state());
        assertTrue(forgetting.recall(source.snapshots().list().get(0)));
        assertFalse(forgetting.recall(source.snapshots().list().get(0)));
        later(Duration.ofDays(40));
        assertEquals(0, run(NOTHING_SET).givenUp());
    }

    @Test
    void aHostThatIsAwayIsAskedAgain() throws Exception {
        run(LAST);
        later(Duration.ofDays(31));
        run(NOTHING_SET);
        later(Duration.ofHours(5));
        realm.masterFile().keySet().forEach(realm::kill);
        ForgetOutcome nobody = run(NOTHING_SET);
        assertEquals(0, nobody.putAway());
        // Two copies of each pack lie on two of the three hosts, drawn at random: the third may have nothing of it.
        assertTrue(nobody.troubles().size() >= 2, () -> nobody.troubles().toString());
        realm.heal();
        assertTrue(run(NOTHING_SET).putAway() > 0);
    }

    @Test
    void neverTakesMoreAtOnceThanWasSaid() throws Exception {
        run(LAST);
        later(Duration.ofDays(31));
        run(NOTHING_SET);
        later(Duration.ofHours(5));
        ForgetOutcome refused =
                forgetting(new Graces(GRACES.recall(), GRACES.marksApart(), 20)).execute(NOTHING_SET);
        assertEquals(0, refused.putAway());
        assertTrue(refused.refused().contains("percent"), refused::refused);
    }

    @Test
    void aBackupInBetweenLosesNothing() throws Exception {
        run(LAST);
        later(Duration.ofDays(31));
        run(NOTHING_SET);
        noise("goes", 5, 1);
        backup();
        later(Duration.ofHours(5));
        run(NOTHING_SET);
        realm.trashIsRipe = true;
        run(NOTHING_SET);
        assertRestores();
    }

    // ---- doing it

    private void later(Duration time) {
        now = now.plus(time);
    }

    private ForgetOutcome run(Retention rules) throws IOException {
        return forgetting(GRACES).execute(rules);
    }

    private Forgetting forgetting(Graces graces) throws IOException {
        return Forgetting.of(source, realm, realm.masterFile(), graces, Clock.fixed(now, ZoneOffset.UTC));
    }

    private void noise(String name, int mebibytes, long seed) throws IOException {
        byte[] octets = new byte[mebibytes * MIB];
        new Random(seed).nextBytes(octets);
        Files.write(data.resolve(name), octets);
    }

    private void backup() throws IOException, InterruptedException {
        new Backup(
                        source,
                        new OwnCatalogue("the hosts"),
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

    private long octetsOnHosts() throws IOException {
        List<Path> all = new ArrayList<>();
        for (long host : realm.masterFile().keySet()) {
            all.addAll(realm.fragments(host));
        }
        long sum = 0;
        for (Path each : all) {
            sum += Files.size(each);
        }
        return sum;
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
            for (Path file : files.toList()) {
                assertEquals(-1, Files.mismatch(file, restored.resolve(file.getFileName())), file::toString);
            }
        }
    }
}
