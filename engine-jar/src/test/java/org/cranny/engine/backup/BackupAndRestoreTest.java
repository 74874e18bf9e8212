package org.cranny.engine.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.cranny.engine.check.Check;
import org.cranny.engine.check.CheckListener;
import org.cranny.engine.check.CheckOutcome;
import org.cranny.engine.check.News;
import org.cranny.engine.check.Reading;
import org.cranny.engine.fetch.HostPacks;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.placement.NotEnoughHostsException;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.restore.Overwrite;
import org.cranny.engine.restore.Restore;
import org.cranny.engine.restore.RestoreListener;
import org.cranny.engine.restore.RestoreOutcome;
import org.cranny.engine.restore.RestoreRequest;
import org.cranny.engine.restore.TargetNotEmptyException;
import org.cranny.engine.restore.TargetRules;
import org.cranny.engine.segment.Compression;
import org.cranny.engine.snapshot.Label;
import org.cranny.engine.source.Source;
import org.cranny.protocol.heartbeat.Seen;
import org.cranny.protocol.heartbeat.Seen.Outcome;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.snapshot.NewContent;
import org.cranny.protocol.snapshot.PackClass;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackupAndRestoreTest {
    @TempDir
    Path folder;

    private TestRealm realm;
    private Source source;
    private KeyRing keys;
    private Path data;
    private final List<String> unread = Collections.synchronizedList(new ArrayList<>());
    private final List<String> notices = Collections.synchronizedList(new ArrayList<>());
    private final List<String> trouble = Collections.synchronizedList(new ArrayList<>());

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

    private void reopen() throws IOException {
        source.close();
        open();
    }

    @Test
    void whatGoesInComesOutByteForByte() throws Exception {
        makeTree();
        BackupOutcome outcome = backup();
        assertEquals(2, outcome.copies());
        assertTrue(outcome.committed());
        assertEquals(List.of(), unread);

        RestoreOutcome restored = restore("latest", "out");

        assertEquals(outcome.files(), restored.files());
        assertEquals(outcome.bytes(), restored.bytes());
        assertSame(data, restoredData("out"));
    }

    @Test
    void saysHowMuchOfWhatIsNewInFilesCompresses() throws Exception {
        Files.writeString(data.resolve("text"), "All work and no play. ".repeat(100_000));
        backup();
        assertEquals(2_200_000, realm.lastContent.plainBytes());
        assertTrue(realm.lastContent.storedBytes() < 220_000, () -> realm.lastContent.toString());

        Files.write(data.resolve("noise"), random(3 << 20, 3));
        backup();
        assertEquals(new NewContent(3 << 20, 3 << 20), realm.lastContent);

        backup();
        assertEquals(new NewContent(0, 0), realm.lastContent);
    }

    @Test
    void everySingleHostMayBeLost() throws Exception {
        makeTree();
        backup();
        for (long host : realm.masterFile().keySet()) {
            realm.kill(host);
            assertEquals(0, restore("latest", "without-" + host).failed());
            assertSame(data, restoredData("without-" + host));
            realm.revive(host);
        }
    }

    @Test
    void everyPairMayBeLostAtThreeCopies() throws Exception {
        realm = new TestRealm(folder.resolve("wider"), 5);
        source.close();
        keys = KeyRing.create(realm.identity().system(), TestRealm.random());
        source = Source.open(folder.resolve("home-of-three"), realm.identity(), keys);
        Files.write(data.resolve("noise"), random(3 << 20, 3));
        newBackup()
                .run(
                        new BackupRequest(
                                new Label(List.of(PathBytes.of(data)), "test", List.of(), ""),
                                false,
                                Rules.NONE,
                                Compression.USUAL,
                                3),
                        listener());
        List<Long> all = List.copyOf(realm.masterFile().keySet());
        for (int i = 0; i < all.size(); i++) {
            for (int j = i + 1; j < all.size(); j++) {
                realm.kill(all.get(i));
                realm.kill(all.get(j));
                assertEquals(0, restore("latest", "without-" + i + "-" + j).failed());
                assertSame(data, restoredData("without-" + i + "-" + j));
                realm.heal();
            }
        }
    }

    @Test
    void moreLossThanCopiesIsSaidAndNothingHalfDoneStays() throws Exception {
        makeTree();
        backup();
        realm.kill(2);
        realm.kill(3);
        realm.kill(4);
        RestoreOutcome outcome = restore("latest", "out");
        assertTrue(outcome.failed() > 0);
        try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
            assertTrue(files.filter(Files::isRegularFile)
                    .allMatch(file -> file.toFile().length() == 0));
        }
    }

    @Test
    @Timeout(60)
    void anErrorInAThreadThatSendsEndsTheBackupAndTheNextOneGoesOn() throws Exception {
        makeTree();
        realm.keepsThrow = new StackOverflowError("made by the test");
        assertThrows(IllegalStateException.class, this::backup);
        realm.keepsThrow = null;
        assertTrue(backup().committed());
    }

    @Test
    @Timeout(60)
    void whatCentralSaysWhenItRefusesAPackIsWhatPeopleHear() throws Exception {
        makeTree();
        realm.refuseKeeps = true;
        assertEquals(
                ProblemKind.WRONG_HASH.name(),
                assertThrows(ProblemException.class, this::backup).problem().kind());
        realm.refuseKeeps = false;
        assertTrue(backup().committed());
    }

    @Test
    void tellsCentralWhichHostsItReachedWhenItCouldNotReachOne() throws Exception {
        makeTree();
        realm.kill(3);
        while (realm.seen.isEmpty()) {
            Files.writeString(data.resolve("more"), "more " + System.nanoTime());
            backup();
        }
        assertTrue(realm.seen.stream().anyMatch(look -> look.system() == 3 && look.outcome() == Outcome.REFUSED));
        assertTrue(realm.seen.stream().filter(look -> look.system() != 3).allMatch(Seen::reached));
        assertTrue(realm.seen.size() >= 3, () -> "" + realm.seen);
    }

    @Test
    void restoreReadsOneCopyOnly() throws Exception {
        makeTree();
        BackupOutcome outcome = backup();
        restore("latest", "out");
        assertTrue(realm.bytesRead.get() <= outcome.storedBytes(), realm.bytesRead + " of " + outcome.storedBytes());
    }

    @Test
    void oneSmallFileMovesLittle() throws Exception {
        makeTree();
        backup();
        realm.bytesRead.set(0);
        Path wanted = data.resolve("many/file-7");
        RestoreOutcome outcome = restore("latest", "one", wanted);
        assertEquals(1, outcome.files());
        assertTrue(realm.bytesRead.get() < 2 << 20, "moved " + realm.bytesRead);
        assertArrayEquals(
                Files.readAllBytes(wanted),
                Files.readAllBytes(restoredData("one").resolve("many/file-7")));
    }

    @Test
    void secondBackupWithoutChangeSendsNoDataPacks() throws Exception {
        makeTree();
        backup();
        reopen();
        BackupOutcome second = backup();
        assertEquals(2, second.version());
        assertFalse(source.snapshots().find("latest").manifest().added().stream()
                .anyMatch(pack -> pack.packClass() == PackClass.DATA));
        assertSameAfterRestore();
    }

    @Test
    void aChangedFileIsNoticedAndOldAndNewComeBack() throws Exception {
        makeTree();
        BackupOutcome first = backup();
        Files.writeString(data.resolve("many/file-3"), "now something else");
        Files.delete(data.resolve("many/file-4"));
        Files.writeString(data.resolve("many/new"), "new");
        reopen();
        backup();
        restore("latest", "new");
        assertSame(data, restoredData("new"));
        restore(first.snapshot(), "old");
        assertTrue(Files.exists(restoredData("old").resolve("many/file-4")));
        assertFalse(Files.exists(restoredData("old").resolve("many/new")));
    }

    @Test
    void oneChangedByteInABigFileSendsLittle() throws Exception {
        Path big = data.resolve("big");
        Files.write(big, random(48 << 20, 5));
        backup();
        realm.bytesPut.set(0);
        try (RandomAccessFile file = new RandomAccessFile(big.toFile(), "rw")) {
            file.seek(20 << 20);
            file.write(1);
        }
        backup();
        assertTrue(realm.bytesPut.get() < 2L * (5 << 20), "sent " + realm.bytesPut + " in two copies");
        assertSameAfterRestore();
    }

    @Test
    void aHostThatDiesInTheMiddleIsReplaced() throws Exception {
        makeTree();
        realm.killHostAfterPuts = 3;
        BackupOutcome outcome = backup();
        assertEquals(2, outcome.copies());
        realm.killHostAfterPuts = Long.MAX_VALUE;
        assertSameAfterRestore();
    }

    @Test
    void aFullHostIsReplaced() throws Exception {
        makeTree();
        realm.fill(3);
        assertEquals(2, backup().copies());
        assertEquals(List.of(), realm.fragments(3));
        assertSameAfterRestore();
    }

    @Test
    void refusesWithFewerThanTwoHosts() throws Exception {
        makeTree();
        realm.fill(3);
        realm.fill(4);
        assertThrows(NotEnoughHostsException.class, this::backup);
        realm.masterFile().remove(3L);
        realm.masterFile().remove(4L);
        assertThrows(NotEnoughHostsException.class, this::backup);
        assertEquals(0, realm.committedCount());
    }

    @Test
    void goesOnWithoutCentralAndCommitsLater() throws Exception {
        makeTree();
        realm.centralAway = true;
        BackupOutcome first = backup();
        assertFalse(first.committed());
        assertEquals(0, realm.committedCount());
        assertSameAfterRestore();
        realm.centralAway = false;
        reopen();
        Files.writeString(data.resolve("later"), "x");
        assertTrue(backup().committed());
        assertEquals(2, realm.committedCount());
    }

    @ParameterizedTest
    @EnumSource(PackClass.class)
    void packsThatAreGoneAreSentAgain(PackClass packClass) throws Exception {
        makeTree();
        backup();
        lose(packClass);
        reopen();
        backup();
        Files.writeString(data.resolve("more"), "more");
        backup();
        assertSameAfterRestore();
    }

    /** Central finds a pack of this class gone, which was on hosts. */
    private void lose(PackClass packClass) throws IOException {
        String lost = source.holdings().all().stream()
                .map(holding -> holding.pack())
                .filter(pack -> pack.packClass() == packClass)
                .findFirst()
                .orElseThrow()
                .pack()
                .toString();
        realm.gone.add(lost);
        for (long host : realm.masterFile().keySet()) {
            Files.deleteIfExists(realm.folder(host).resolve(lost));
        }
    }

    @Test
    void anInterruptedBackupIsResumedAndSendsLittleAgain() throws Exception {
        makeTree();
        Files.write(data.resolve("big"), random(60 << 20, 9));
        realm.killHostAfterPuts = 7;
        realm.fill(2);
        assertThrows(IOException.class, this::backup);
        long before = realm.bytesPut.get();
        assertTrue(before > 0);
        realm.killHostAfterPuts = Long.MAX_VALUE;
        realm = heal(realm);
        reopen();
        realm.bytesPut.set(0);
        BackupOutcome outcome = backup();
        assertTrue(realm.bytesPut.get() < outcome.storedBytes() * 2, "some packs were there already");
        assertSameAfterRestore();
    }

    private static TestRealm heal(TestRealm realm) {
        realm.close();
        realm.heal();
        return realm;
    }

    @Test
    void aFlippedBitIsFoundNamedAndSteppedOver() throws Exception {
        makeTree();
        backup();
        long holder = holder();
        Path fragment = realm.fragments(holder).get(0);
        byte[] octets = Files.readAllBytes(fragment);
        octets[octets.length / 3] ^= 4;
        Files.write(fragment, octets);

        CheckOutcome check = check(1);

        assertFalse(check.sound());
        assertEquals(1, check.findings().size());
        assertEquals("ws-" + holder, check.findings().get(0).hostName());
        assertEquals(fragment.getFileName().toString(), check.findings().get(0).pack());
        assertEquals(0, check.unproven());
        assertSameAfterRestore();
    }

    @Test
    void aHostThatDeletedTheOctetsIsNamedByASpotCheck() throws Exception {
        makeTree();
        backup();
        assertTrue(check(0).sound());
        long holder = holder();
        Files.delete(realm.fragments(holder).get(0));
        CheckOutcome check = check(0);
        assertFalse(check.sound());
        assertEquals("ws-" + holder, check.findings().get(0).hostName());
    }

    @Test
    void aHostThatRefusesToProveIsNamedWithWhatItLost() throws Exception {
        makeTree();
        backup();
        long holder = holder();
        Path lost = realm.fragments(holder).get(0);
        Files.delete(lost);
        realm.refuseToProveLosses(holder);
        CheckOutcome check = check(0);
        assertFalse(check.sound());
        assertEquals(1, check.findings().size(), () -> check.findings().toString());
        assertEquals("ws-" + holder, check.findings().get(0).hostName());
        assertEquals(lost.getFileName().toString(), check.findings().get(0).pack());
    }

    @Test
    void refusesAFolderThatIsNotEmpty() throws Exception {
        makeTree();
        backup();
        Files.createDirectories(folder.resolve("out"));
        Files.writeString(folder.resolve("out/mine"), "mine");
        assertThrows(TargetNotEmptyException.class, () -> restore("latest", "out"));
        assertEquals("mine", Files.readString(folder.resolve("out/mine")));
    }

    @Test
    void hostsSeeNoPlaintextAndNoName() throws Exception {
        byte[] secret = "a sentence nobody else should read".getBytes(StandardCharsets.UTF_8);
        Files.write(data.resolve("very-private-name.txt"), secret);
        backup();
        for (long host : realm.masterFile().keySet()) {
            for (Path fragment : realm.fragments(host)) {
                String octets = Files.readString(fragment, StandardCharsets.ISO_8859_1);
                assertFalse(octets.contains("a sentence nobody"));
                assertFalse(octets.contains("very-private-name"));
                assertEquals(0, fragment.toFile().length() % 131_072);
            }
        }
    }

    @Test
    void dryRunSendsNothing() throws Exception {
        makeTree();
        BackupRequest request = new BackupRequest(List.of(PathBytes.of(data)), "test", List.of(), true);
        BackupOutcome outcome = newBackup().run(request, listener());
        assertTrue(outcome.newBytes() > 10_000_000);
        assertEquals(0, realm.bytesPut.get());
        assertEquals(0, realm.committedCount());
    }

    // ---- doing it

    private BackupOutcome backup() throws IOException, InterruptedException {
        return newBackup()
                .run(new BackupRequest(List.of(PathBytes.of(data)), "test", List.of("a tag"), false), listener());
    }

    private Backup newBackup() {
        return new Backup(
                source,
                realm,
                realm,
                realm.masterFile(),
                realm.catalogueKey(),
                packs(),
                Clock.offset(Clock.systemUTC(), Duration.ofSeconds(5)),
                TestRealm.random());
    }

    /** A host that keeps something; which hosts are picked is drawn at random. */
    private long holder() throws IOException {
        for (long host : realm.masterFile().keySet()) {
            if (!realm.fragments(host).isEmpty()) {
                return host;
            }
        }
        throw new IllegalStateException("no host keeps anything");
    }

    private HostPacks packs() {
        return new HostPacks(
                source.holdings(),
                realm.masterFile(),
                realm,
                (host, pack, reason) -> trouble.add(host.name() + ": " + reason));
    }

    private RestoreOutcome restore(String snapshot, String target, Path... paths)
            throws IOException, InterruptedException {
        RestoreRequest request = new RestoreRequest(
                source.snapshots().find(snapshot),
                Stream.of(paths).map(PathBytes::of).toList(),
                folder.resolve(target),
                Overwrite.REFUSE,
                false,
                TargetRules.FAITHFUL);
        return new Restore(source, packs()).run(request, RestoreListener.SILENT);
    }

    private CheckOutcome check(double readData) throws IOException, InterruptedException {
        return new Check(source, realm, realm.masterFile(), packs(), new Random(1), News.NONE)
                .run(source.snapshots().list(), new Reading(readData, true), CheckListener.SILENT);
    }

    private BackupListener listener() {
        return new BackupListener() {
            @Override
            public void unread(byte[] path, String reason) {
                unread.add(PathBytes.printable(path) + ": " + reason);
            }

            @Override
            public void notice(String line) {
                notices.add(line);
            }
        };
    }

    private Path restoredData(String target) {
        return folder.resolve(target).resolve(folder.getRoot().relativize(data));
    }

    private void assertSameAfterRestore() throws IOException, InterruptedException {
        String target = "out-" + Files.list(folder).count();
        assertEquals(0, restore("latest", target).failed());
        assertSame(data, restoredData(target));
    }

    private static void assertSame(Path expected, Path actual) throws IOException {
        assertEquals(describe(expected), describe(actual));
    }

    private static List<String> describe(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            List<String> lines = new ArrayList<>();
            for (Path path : walk.sorted().toList()) {
                lines.add(root.relativize(path) + " " + describeOne(path));
            }
            return lines;
        }
    }

    private static String describeOne(Path path) throws IOException {
        var attributes = Files.readAttributes(
                path, "unix:mode,uid,gid,lastModifiedTime,size", java.nio.file.LinkOption.NOFOLLOW_LINKS);
        Object content = Files.isSymbolicLink(path)
                ? Files.readSymbolicLink(path)
                : Files.isRegularFile(path) ? java.util.Arrays.hashCode(Files.readAllBytes(path)) : "";
        Object size = Files.isDirectory(path) ? "" : attributes.get("size");
        return attributes.get("mode") + " " + attributes.get("uid") + " " + attributes.get("lastModifiedTime") + " "
                + size + " " + content;
    }

    private void makeTree() throws IOException {
        Path many = Files.createDirectories(data.resolve("many"));
        for (int i = 0; i < 300; i++) {
            Files.write(many.resolve("file-" + i), random(i * 37 % 9000, i));
        }
        Path deep = Files.createDirectories(data.resolve("a/b/c/d"));
        Files.write(deep.resolve("medium"), random(300_000, 1));
        Files.write(deep.resolve("large"), random(17 << 20, 2));
        Files.write(deep.resolve("same-again"), random(300_000, 1));
        Files.writeString(deep.resolve("empty"), "");
        Files.createSymbolicLink(deep.resolve("link"), Path.of("../nowhere"));
        Files.createLink(deep.resolve("second-name"), deep.resolve("medium"));
        Files.createDirectories(data.resolve("empty-folder"));
        Files.setLastModifiedTime(
                deep.resolve("medium"), FileTime.from(Instant.ofEpochSecond(1_600_000_000, 123_456_789)));
    }

    private static byte[] random(int length, long seed) {
        byte[] octets = new byte[length];
        new Random(seed).nextBytes(octets);
        return octets;
    }
}
