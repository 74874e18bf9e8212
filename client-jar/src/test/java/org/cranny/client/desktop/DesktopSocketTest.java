package org.cranny.client.desktop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.cranny.client.enrollment.Enrollment;
import org.cranny.client.enrollment.Fingerprint;
import org.cranny.client.home.Home;
import org.cranny.client.home.HomeLock;
import org.cranny.client.owner.OwnHolds;
import org.cranny.client.owner.OwnRates;
import org.cranny.client.policy.UsualBackup.Basis;
import org.cranny.client.report.Counts;
import org.cranny.client.report.ProgressListener;
import org.cranny.client.status.Standing;
import org.cranny.client.stub.StubCentral;
import org.cranny.client.stub.StubHost;
import org.cranny.client.stub.TestRealm;
import org.cranny.engine.browse.Found;
import org.cranny.engine.fetch.ContentSink;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.restore.Overwrite;
import org.cranny.engine.restore.Receiving;
import org.cranny.engine.restore.RestoreListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agent's door, knocked at by this user and by another. */
@Timeout(60)
class DesktopSocketTest {
    private static final ProgressListener NOBODY = new ProgressListener() {
        @Override
        public void progress(Counts counts, long bytesPerSecond, OptionalLong secondsLeft) {}

        @Override
        public void warning(String path, String reason) {}

        @Override
        public void notice(String line) {}
    };

    @TempDir
    Path folder;

    private final TestRealm realm = new TestRealm();
    private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
    private StubCentral central;
    private StubHost first;
    private StubHost second;
    private Home home;
    private Path documents;
    private Path file;
    private DesktopSocket door;
    private DesktopCalls calls;

    @BeforeEach
    void open() throws Exception {
        central = StubCentral.start(realm);
        first = StubHost.start(realm.machine(2));
        second = StubHost.start(realm.machine(3));
        central.masterFile(realm.masterFile(
                        1,
                        Map.of(
                                2L,
                                TestRealm.hostLine(2, first.url().toString()),
                                3L,
                                TestRealm.hostLine(3, second.url().toString())))
                .text());
        home = Home.at(folder.resolve("home"));
        new Enrollment(home, new SecureRandom(), Clock.systemUTC())
                .enroll(new Enrollment.Order(
                        central.peopleUrl(), StubCentral.TOKEN, Fingerprint.parse(realm.fingerprint()), "ws"));
        documents = Files.createDirectory(folder.toRealPath().resolve("documents"));
        Files.writeString(documents.resolve("letter"), "Dear Ann,\n");
        file = folder.resolve("agent.sock");
        door = DesktopSocket.open(file, System.getProperty("user.name"), answers(), log::add);
        calls = new DesktopCalls(file);
    }

    private DesktopAnswers answers() {
        return new DesktopAnswers(
                home,
                Clock.systemDefaultZone(),
                failure -> 1,
                failure -> failure instanceof InterruptedException ? "It was stopped." : failure.getMessage());
    }

    @AfterEach
    void close() throws IOException {
        door.close();
        central.close();
        first.close();
        second.close();
    }

    @Test
    void anOwnerChoosesBacksUpPausesAndSeesIt() throws Exception {
        assertEquals(Basis.NOBODY, calls.standing().basis());
        assertEquals(Optional.empty(), calls.keeping());
        calls.choose(List.of(PathBytes.of(documents)));
        assertArrayEquals(PathBytes.of(documents), calls.standing().chosen().get(0));
        String before = calls.stamp();
        assertEquals(1, calls.backUp(NOBODY).files());
        assertFalse(before.equals(calls.stamp()));
        Standing standing = calls.standing();
        assertEquals(1, standing.kept());
        assertEquals(1, standing.newest().orElseThrow().files());
        assertEquals(2, calls.keeping().orElseThrow().machines());
        calls.pause(Duration.ofHours(1));
        assertTrue(calls.standing().own().hold().orElseThrow().all());
        calls.goOn();
        calls.limit(new OwnRates.Rates(1_000_000, 0));
        Map<OwnHolds.Cause, OwnHolds.Answer> holds = new OwnHolds(home).kept();
        holds.put(OwnHolds.Cause.BATTERY, OwnHolds.Answer.NEVER);
        calls.hold(holds);
        assertEquals(
                new Standing.Own(Optional.empty(), new OwnRates.Rates(1_000_000, 0), holds),
                calls.standing().own());
    }

    @Test
    void foldersOfOthersAreNeitherAddedNorTakenAway() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root has folders of somebody else here");
        Path others = Files.createDirectory(folder.toRealPath().resolve("others"));
        Files.setAttribute(others, "unix:uid", 65534);
        IOException refused = assertThrows(IOException.class, () -> calls.choose(List.of(PathBytes.of(others))));
        assertTrue(refused.getMessage().contains("is not yours"), refused::getMessage);
        Files.setAttribute(others, "unix:uid", 0);
        calls.choose(List.of(PathBytes.of(others), PathBytes.of(documents)));
        Files.setAttribute(others, "unix:uid", 65534);
        assertThrows(IOException.class, () -> calls.choose(List.of(PathBytes.of(documents))));
        calls.choose(List.of(PathBytes.of(others)));
        assertEquals(1, calls.standing().chosen().size());
    }

    @Test
    void aUserHasBackWhatWasTheirsAndNothingElse() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root has files of somebody else here");
        Files.writeString(documents.resolve("diary"), "of somebody else\n");
        Path theirs = Files.createDirectory(documents.resolve("theirs"));
        Files.writeString(theirs.resolve("secret"), "too\n");
        Files.writeString(Files.createDirectory(documents.resolve("shared")).resolve("mine"), "mine\n");
        for (String other : List.of("diary", "theirs", "theirs/secret", "shared")) {
            Files.setAttribute(documents.resolve(other), "unix:uid", 65534);
        }
        calls.choose(List.of(PathBytes.of(documents)));
        calls.backUp(NOBODY);
        Standing.Kept kept = calls.standing().snapshots().get(0);
        byte[] path = PathBytes.of(documents);
        Path target = folder.resolve("back");
        try (FilesCall files = calls.files()) {
            assertArrayEquals(path, files.tops(kept.id()).get(0).path());
            assertEquals(List.of("letter", "shared"), names(files.list(kept.id(), path, null)));
            assertEquals(List.of("letter"), names(files.search(kept.id(), "lett?r")));
            assertEquals(List.of("mine"), names(files.search(kept.id(), "mine")));
            assertEquals(List.of(), names(files.search(kept.id(), "s?cret")));
            assertEquals(
                    List.of(kept),
                    files.versions(PathBytes.of(documents.resolve("letter"))).stream()
                            .map(FilesCall.Past::last)
                            .toList());
            assertEquals(List.of(), files.versions(PathBytes.of(theirs.resolve("secret"))));
            List<byte[]> secret = List.of(PathBytes.of(theirs.resolve("secret")));
            IOException refused = assertThrows(
                    IOException.class, () -> files.snapshot(kept.id()).contents(secret, taking(() -> {
                        throw new AssertionError("nothing of others is given");
                    })));
            assertTrue(refused.getMessage().contains("secret of yours"), refused::getMessage);
            assertThrows(IOException.class, () -> files.list(kept.id(), PathBytes.of(theirs), null));
            Receiving receiving = new Receiving(files.snapshot(kept.id()));
            Receiving.Request request = new Receiving.Request(List.of(path), target, Overwrite.NEVER);
            assertEquals(2, receiving.count(request, RestoreListener.SILENT).files());
            assertEquals(2, receiving.run(request, RestoreListener.SILENT).files());
        }
        Path back = target.resolve(Path.of("/").relativize(documents));
        assertEquals("Dear Ann,\n", Files.readString(back.resolve("letter")));
        assertEquals("mine\n", Files.readString(back.resolve("shared/mine")));
        assertFalse(Files.exists(back.resolve("diary")) || Files.exists(back.resolve("theirs")));
        assertEquals(
                Files.getLastModifiedTime(documents.resolve("letter")),
                Files.getLastModifiedTime(back.resolve("letter")));
        assertEquals(Optional.empty(), home.changer());
    }

    private static List<String> names(Found found) {
        return found.hits().stream().map(hit -> hit.entry().printableName()).toList();
    }

    /** Runs something whenever octets come. */
    private static ContentSink taking(Closeable work) {
        return new ContentSink() {
            @Override
            public void octets(byte[] path, long offset, byte[] data, int from, int length) throws IOException {
                work.close();
            }

            @Override
            public void complete(byte[] path) {}

            @Override
            public void failed(byte[] path, String reason) {}
        };
    }

    @Test
    void centralHearsOfARestoreThatBrokeOff() throws Exception {
        byte[] noise = new byte[6 << 20];
        new Random(1).nextBytes(noise);
        Path large = Files.write(documents.resolve("large"), noise);
        calls.choose(List.of(PathBytes.of(documents)));
        calls.backUp(NOBODY);
        String kept = calls.standing().snapshots().get(0).id();
        FilesCall files = calls.files();
        List<byte[]> paths = List.of(PathBytes.of(large));
        assertThrows(IOException.class, () -> files.snapshot(kept).contents(paths, taking(files)));
        while (!central.paths().contains("POST /api/v1/restores")) {
            Thread.onSpinWait();
        }
    }

    @Test
    void filesWaitForABackupAndSaySo() throws Exception {
        calls.choose(List.of(PathBytes.of(documents)));
        calls.backUp(NOBODY);
        try (HomeLock lock = home.lock("backup")) {
            assertNotNull(lock);
            IOException busy = assertThrows(IOException.class, calls::files);
            assertTrue(busy.getMessage().contains("Another backup of this machine is running"), busy::getMessage);
        }
        try (FilesCall files = calls.files()) {
            assertNotNull(files);
        }
    }

    @Test
    void whoHangsUpStopsTheBackup() throws Exception {
        calls.choose(List.of(PathBytes.of(documents)));
        first.getStuck();
        second.getStuck();
        Thread asking = new Thread(() -> assertThrows(InterruptedException.class, () -> calls.backUp(NOBODY)));
        asking.start();
        while (home.changer().isEmpty()) {
            Thread.onSpinWait();
        }
        asking.interrupt();
        asking.join();
        while (home.changer().isPresent()) {
            Thread.onSpinWait();
        }
        assertEquals(0, calls.standing().kept());
    }

    @Test
    void nobodyElseIsHeard() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root") && Files.exists(Path.of("/usr/bin/setpriv")));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Process stranger = new ProcessBuilder(
                        "setpriv",
                        "--reuid=65534",
                        "--clear-groups",
                        "/usr/bin/perl",
                        "-MSocket",
                        "-e",
                        STRANGER,
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String heard = new String(stranger.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals("heard:.", heard, "nothing is told");
        assertEquals("turned nobody away", log.take());
    }

    /** In Perl, which every Debian has. */
    private static final String STRANGER = """
            $SIG{PIPE} = "IGNORE";
            socket(S, PF_UNIX, SOCK_STREAM, 0) && connect(S, sockaddr_un($ARGV[0])) or die $!;
            syswrite(S, "{\\"ask\\":\\"standing\\"}\\n");
            print "heard:" . (<S> // "") . ".";
            """;

    @Test
    void saysWhatCannotBeMeant() {
        IOException tooLong = assertThrows(IOException.class, () -> calls.pause(Duration.ofDays(8)));
        assertTrue(tooLong.getMessage().contains("7 days at most"), tooLong::getMessage);
        IOException nobody =
                assertThrows(IOException.class, () -> DesktopSocket.open(file, "no such user", answers(), log::add));
        assertTrue(nobody.getMessage().contains("no user 'no such user'"), nobody::getMessage);
        IOException none = assertThrows(IOException.class, () -> new DesktopCalls(folder.resolve("none")).stamp());
        assertTrue(none.getMessage().contains("systemctl start cranny-agent"), none::getMessage);
    }
}
