package org.cranny.engine.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cranny.engine.check.Check;
import org.cranny.engine.check.CheckListener;
import org.cranny.engine.check.CheckOutcome;
import org.cranny.engine.check.Finding;
import org.cranny.engine.check.HostCheck;
import org.cranny.engine.check.News;
import org.cranny.engine.check.Sample;
import org.cranny.engine.check.TrialOutcome;
import org.cranny.engine.check.TrialRestore;
import org.cranny.engine.fetch.HostPacks;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.placement.Holding;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.source.Source;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.snapshot.VersionRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What hosts prove, and what comes back on trial. */
class CheckTest {
    private static final Sample ALL = Sample.ofShare(1);

    @TempDir
    Path folder;

    private TestRealm realm;
    private Source source;
    private Path data;
    private Path scratch;

    @BeforeEach
    void backUp() throws Exception {
        folder = folder.toRealPath();
        realm = new TestRealm(folder.resolve("realm"), 3);
        source = Source.open(
                folder.resolve("home"),
                realm.identity(),
                KeyRing.create(realm.identity().system(), TestRealm.random()));
        data = folder.resolve("data");
        scratch = folder.resolve("home/trial-restore");
        Path closed = Files.createDirectories(data.resolve("closed"));
        byte[] noise = new byte[3 << 20];
        new Random(1).nextBytes(noise);
        Files.write(data.resolve("noise"), noise);
        Files.writeString(closed.resolve("note"), "note");
        Files.createFile(data.resolve("empty"));
        try (RandomAccessFile holes = new RandomAccessFile(data.resolve("holes").toFile(), "rw")) {
            holes.seek(300_000);
            holes.write("middle".getBytes(StandardCharsets.UTF_8));
            holes.setLength(1_000_000);
        }
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-x------"));
        new Backup(
                        source,
                        realm,
                        realm,
                        realm.masterFile(),
                        realm.catalogueKey(),
                        packs(),
                        Clock.systemUTC(),
                        TestRealm.random())
                .run(new BackupRequest(List.of(PathBytes.of(data)), "test", List.of(), false), BackupListener.SILENT);
    }

    @AfterEach
    void close() throws IOException {
        source.close();
        Files.setPosixFilePermissions(data.resolve("closed"), PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void eachHostReadsAllThatItKeepsAndAnyOctetThatIsWrongIsFound() throws Exception {
        CheckOutcome well = hosts();
        assertTrue(well.sound());
        assertEquals(
                well.copies(), well.hosts().stream().mapToLong(HostCheck::right).sum());
        for (HostCheck host : well.hosts()) {
            long kept = 0;
            for (Path fragment : realm.fragments(host.host())) {
                kept += Files.size(fragment);
            }
            assertEquals(kept, host.bytes(), host::toString);
        }
        FragmentId big = biggest();
        long holder = source.holdings().of(big).orElseThrow().hosts().get(0);
        flip(realm.folder(holder).resolve(big.toString()), 1 + new Random().nextInt(2 << 20));

        CheckOutcome ill = hosts();
        assertFalse(ill.sound());
        assertEquals(
                List.of(big.toString()),
                ill.findings().stream().map(Finding::pack).toList());
        HostCheck found = of(ill, holder);
        assertEquals(1, found.wrong());
        assertEquals(found.copies() - 1, found.right());
        assertEquals(0, ill.unproven(), "the other copy is right");
    }

    @Test
    void whatAHostLostAndAHostThatIsAwayAreToldApart() throws Exception {
        FragmentId big = biggest();
        List<Long> holders = source.holdings().of(big).orElseThrow().hosts();
        Files.delete(realm.folder(holders.get(0)).resolve(big.toString()));
        realm.kill(holders.get(1));

        CheckOutcome outcome = hosts();
        assertEquals(1, of(outcome, holders.get(0)).missing());
        HostCheck away = of(outcome, holders.get(1));
        assertEquals(0, away.right() + away.wrong() + away.missing());
        assertTrue(away.trouble().contains("cannot be reached"), away::toString);
        assertEquals(1, outcome.unproven());
        assertFalse(outcome.sound());
    }

    @Test
    void aCopyThatIsMovedMeanwhileIsLookedAtWhereItIs() throws Exception {
        FragmentId big = biggest();
        List<Long> holders = source.holdings().of(big).orElseThrow().hosts();
        long other = anotherThan(holders);
        Path there = realm.folder(other).resolve(big.toString());
        Files.move(realm.folder(holders.get(0)).resolve(big.toString()), there);
        News moved = () -> source.holdings().look(heldBy(big, List.of(other, holders.get(1))));

        CheckOutcome outcome = checkThatHears(moved);
        assertEquals(List.of(), outcome.findings());
        assertTrue(outcome.sound());
        assertEquals(
                outcome.copies(),
                outcome.hosts().stream().mapToLong(HostCheck::copies).sum());
        assertEquals(0, of(outcome, holders.get(0)).missing());

        flip(there, 5_000);
        CheckOutcome ill = checkThatHears(moved);
        assertEquals(List.of(other), ill.findings().stream().map(Finding::host).toList());
    }

    @Test
    void aCopyThatIsMovedToAHostWithoutItIsMissingThere() throws Exception {
        FragmentId big = biggest();
        List<Long> holders = source.holdings().of(big).orElseThrow().hosts();
        long other = anotherThan(holders);
        Files.delete(realm.folder(holders.get(0)).resolve(big.toString()));

        CheckOutcome outcome =
                checkThatHears(() -> source.holdings().look(heldBy(big, List.of(other, holders.get(1)))));
        assertEquals(
                List.of(other), outcome.findings().stream().map(Finding::host).toList());
        assertEquals(1, of(outcome, other).missing());
    }

    @Test
    void aCopyThatMovesOnForEverIsMissingInTheEnd() throws Exception {
        FragmentId big = biggest();
        List<Long> hosts = List.copyOf(realm.masterFile().keySet());
        for (long host : hosts) {
            Files.deleteIfExists(realm.folder(host).resolve(big.toString()));
        }
        int[] asked = {0};
        CheckOutcome outcome = checkThatHears(
                () -> source.holdings().look(heldBy(big, List.of(hosts.get(++asked[0] % hosts.size())))));
        assertTrue(asked[0] > 0 && asked[0] < 10, asked[0] + " times");
        assertFalse(outcome.sound());
        assertEquals(1, outcome.unproven());
    }

    @Test
    void whatIsGivenUpMeanwhileIsNotMissed() throws Exception {
        for (long host : realm.masterFile().keySet()) {
            for (Path fragment : realm.fragments(host)) {
                Files.delete(fragment);
            }
        }
        CheckOutcome outcome = checkThatHears(() -> source.snapshots().hear(List.of(new VersionRange(1, 1))));
        assertEquals(List.of(), outcome.findings());
        assertEquals(0, outcome.snapshots() + outcome.packs() + outcome.unproven());
        assertTrue(outcome.sound());
    }

    @Test
    void allFilesComeBackOnTrialAndNothingStays() throws Exception {
        TrialOutcome outcome = trial(ALL);
        assertEquals(List.of(), outcome.findings());
        assertEquals(4, outcome.files());
        assertEquals(4, outcome.compared());
        assertEquals(latest().manifest().bytes(), outcome.bytes());
        assertFalse(Files.exists(scratch));
    }

    @Test
    void drawsNoMoreThanFits() throws Exception {
        TrialOutcome small = trial(Sample.ofBytes(1_000_003));
        assertTrue(small.files() >= 1 && small.bytes() <= 1_000_003, small::toString);
        long drawn = 0;
        for (int seed = 0; seed < 20; seed++) {
            try {
                drawn += trial(Sample.ofShare(0.5), seed).files();
            } catch (IOException nothingDrawn) {
                assertTrue(nothingDrawn.getMessage().contains("was drawn"), nothingDrawn::getMessage);
            }
        }
        assertTrue(drawn > 20 && drawn < 60, drawn + " of 80");
    }

    @Test
    void namesAFileThatChangedBehindItsTimeAndSkipsOneThatChanged() throws Exception {
        FileTime time = Files.getLastModifiedTime(data.resolve("noise"));
        flip(data.resolve("noise"), 2 << 20);
        Files.setLastModifiedTime(data.resolve("noise"), time);
        Files.writeString(data.resolve("closed/note"), "another");

        TrialOutcome outcome = trial(ALL);
        assertEquals(4, outcome.files());
        assertEquals(3, outcome.compared());
        assertEquals(1, outcome.findings().size(), outcome::toString);
        assertTrue(outcome.findings().get(0).reason().contains("/data/noise is not what"), outcome::toString);
    }

    @Test
    void namesTheFilesThatDoNotComeBack() throws Exception {
        FragmentId big = biggest();
        for (long host : source.holdings().of(big).orElseThrow().hosts()) {
            Files.delete(realm.folder(host).resolve(big.toString()));
        }
        TrialOutcome outcome = trial(ALL);
        assertFalse(outcome.sound());
        assertEquals(1, outcome.files(), "the empty one");
        assertTrue(outcome.findings().stream().anyMatch(each -> each.reason().contains("noise could not be")));
        assertFalse(Files.exists(scratch));
    }

    // ---- doing it

    private CheckOutcome hosts() throws IOException, InterruptedException {
        return checkThatHears(News.NONE);
    }

    private CheckOutcome checkThatHears(News news) throws IOException, InterruptedException {
        return new Check(source, realm, realm.masterFile(), packs(), new Random(), news)
                .hosts(source.snapshots().kept(), CheckListener.SILENT);
    }

    private long anotherThan(List<Long> holders) {
        return realm.masterFile().keySet().stream()
                .filter(host -> !holders.contains(host))
                .findFirst()
                .orElseThrow();
    }

    private Holding heldBy(FragmentId pack, List<Long> hosts) {
        Holding before = source.holdings().of(pack).orElseThrow();
        List<Holding.Fragment> fragments = new ArrayList<>();
        hosts.forEach(host -> fragments.add(new Holding.Fragment(fragments.size(), host, new byte[0])));
        return new Holding(before.pack(), fragments, true);
    }

    private TrialOutcome trial(Sample sample) throws IOException, InterruptedException {
        return trial(sample, 1);
    }

    private TrialOutcome trial(Sample sample, long seed) throws IOException, InterruptedException {
        return new TrialRestore(source, packs(), new Random(seed)).run(latest(), sample, scratch, CheckListener.SILENT);
    }

    private static HostCheck of(CheckOutcome outcome, long host) {
        return outcome.hosts().stream()
                .filter(each -> each.host() == host)
                .findFirst()
                .orElseThrow();
    }

    private FragmentId biggest() throws IOException {
        return source.snapshots().packSet(latest()).values().stream()
                .max((a, b) -> Long.compare(a.length(), b.length()))
                .orElseThrow()
                .pack();
    }

    private Snapshot latest() throws IOException {
        return source.snapshots().find("latest");
    }

    private HostPacks packs() {
        return new HostPacks(source.holdings(), realm.masterFile(), realm, (host, pack, reason) -> {});
    }

    private static void flip(Path file, long at) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        try (RandomAccessFile octets = new RandomAccessFile(file.toFile(), "rw")) {
            octets.seek(at);
            int octet = octets.read();
            octets.seek(at);
            octets.write(octet ^ 1);
        }
    }
}
