package org.cranny.client.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.cranny.client.enrollment.Enrollment;
import org.cranny.client.enrollment.Fingerprint;
import org.cranny.client.guest.Guest;
import org.cranny.client.guest.Held;
import org.cranny.client.home.Home;
import org.cranny.client.home.HomeBusyException;
import org.cranny.client.home.HomeLock;
import org.cranny.client.machine.Backups;
import org.cranny.client.machine.Machine;
import org.cranny.client.owner.OwnHolds;
import org.cranny.client.owner.OwnHolds.Answer;
import org.cranny.client.owner.OwnHolds.Cause;
import org.cranny.client.owner.OwnPause;
import org.cranny.client.stub.StubCentral;
import org.cranny.client.stub.StubHost;
import org.cranny.client.stub.TestRealm;
import org.cranny.engine.backup.BackupListener;
import org.cranny.engine.backup.BackupRequest;
import org.cranny.engine.posix.PathBytes;
import org.cranny.protocol.browse.Question;
import org.cranny.protocol.job.JobOffer;
import org.cranny.protocol.job.JobResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agent against a central and hosts of a few lines, over real TLS. */
@Timeout(120)
class AgentTest {
    @TempDir
    Path folder;

    private final TestRealm realm = new TestRealm();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private StubCentral central;
    private StubHost first;
    private StubHost second;
    private Home home;
    private Path tree;
    private final FakeSenses senses = new FakeSenses();
    private Thread running;

    @BeforeEach
    void start() throws Exception {
        central = StubCentral.start(realm);
        first = StubHost.start(realm.machine(2));
        second = StubHost.start(realm.machine(3));
        central.masterFile(masterFile(1));
        home = Home.at(folder.resolve("home"));
        new Enrollment(home, new SecureRandom(), Clock.systemUTC())
                .enroll(new Enrollment.Order(
                        central.peopleUrl(), StubCentral.TOKEN, Fingerprint.parse(realm.fingerprint()), "ws"));
        tree = Files.createDirectory(folder.toRealPath().resolve("tree"));
        for (String name : List.of("a", "b", "c")) {
            Files.writeString(tree.resolve(name), name.repeat(1_000));
        }
    }

    @AfterEach
    void stop() throws Exception {
        if (running != null) {
            running.interrupt();
            running.join();
        }
        central.close();
        first.close();
        second.close();
    }

    @Test
    void backsUpExactlyWhatTheJobListsAndSaysHowItWent() throws Exception {
        central.jobs().offer(5, "BACKUP", Map.of("tags", List.of("t")), path("a"), path("c"), path("gone"));
        assertEquals(1, agent(List.of()).once());
        JobResult result = central.jobs().results().get(0);
        assertEquals("DONE", result.state());
        assertEquals(3, result.exitCode());
        assertEquals("2", String.valueOf(result.summary().get("files")));
        assertEquals(path("gone"), result.examples().get(0).path());
        assertFalse(printed.toString(StandardCharsets.UTF_8).contains(tree.toString()));
    }

    @Test
    void doesEveryKindOfJobAndSaysWhichItDoesNotKnow() throws Exception {
        Path target = folder.toRealPath().resolve("target");
        central.jobs().offer(4, "CHECK", Map.of());
        central.jobs().offer(5, "BACKUP", Map.of(), path("a"), path("b"));
        central.jobs().offer(6, "RUN_NOW", Map.of());
        central.jobs().offer(7, "CHECK", Map.of());
        central.jobs().offer(8, "RESTORE", Map.of("snapshot", "latest", "target", target.toString()), path("b"));
        central.jobs().offer(9, "DANCE", Map.of());
        central.jobs().offer(10, "RESTORE", Map.of("snapshot", "latest", "target", "nowhere"));
        central.jobs().offer(11, "ROTATE_KEYS", Map.of());
        assertEquals(8, agent(List.of()).once());
        List<JobResult> results = central.jobs().results();
        assertEquals(
                List.of("FAILED", "DONE", "DONE", "DONE", "DONE", "FAILED", "FAILED", "DONE"),
                results.stream().map(JobResult::state).toList());
        assertTrue(results.get(0).message().contains("no snapshot"), results.get(0)::message);
        assertEquals("2", String.valueOf(results.get(2).summary().get("files")));
        assertEquals(true, results.get(3).summary().get("sound"));
        assertTrue(results.get(5).message().contains("DANCE"), results.get(5)::message);
        assertTrue(results.get(6).message().contains("absolute"), results.get(6)::message);
        assertEquals("2", String.valueOf(results.get(7).summary().get("generation")));
        Path back = target.resolve(Path.of("/").relativize(tree));
        assertEquals(-1, Files.mismatch(tree.resolve("b"), back.resolve("b")));
        assertFalse(Files.exists(back.resolve("a")));
    }

    @Test
    void takesItsJobUpAgainWithoutCentralAndTellsTheResultLater() throws Exception {
        Journal journal = new Journal(home.agentFolder());
        assertEquals(journal.id(new SecureRandom()), journal.id(new SecureRandom()));
        journal.job(new JobOffer(5, 3, "BACKUP", Map.of(), 2, 1, 1, 60));
        journal.paths(1, page -> List.of(path("a"), path("b")));
        central.jobs().goAway(true);
        agent(List.of()).once();
        assertEquals("DONE", journal.result().orElseThrow().state());
        central.jobs().goAway(false);
        agent(List.of()).once();
        JobResult result = central.jobs().results().get(0);
        assertEquals(3, result.claim());
        assertEquals("2", String.valueOf(result.summary().get("files")));
        assertTrue(journal.job().isEmpty() && journal.result().isEmpty());
    }

    @Test
    void handsOverWhatWasMadeWithoutCentralOnceItAnswers() throws Exception {
        try (Machine machine = Machine.open(home)) {
            machine.refreshMasterFile();
        }
        central.goAway(true);
        try (Machine machine = Machine.open(home);
                Backups backups = machine.toBackUp()) {
            BackupRequest request = new BackupRequest(List.of(PathBytes.of(tree)), "ws", List.of(), false);
            backups.backup((host, pack, reason) -> {}).run(request, BackupListener.SILENT);
        }
        assertTrue(isWaiting());
        central.goAway(false);
        assertEquals(1, agent(List.of()).once());
        assertFalse(isWaiting());
        assertEquals(0, agent(List.of()).once());
    }

    private boolean isWaiting() throws IOException {
        try (Machine machine = Machine.open(home)) {
            return machine.waiting().isPresent();
        }
    }

    @Test
    void forgetsAJobThatCentralDoesNotGiveBack() throws Exception {
        Journal journal = new Journal(home.agentFolder());
        journal.job(new JobOffer(5, 3, "BACKUP", Map.of(), 1, 1, 1, 60));
        journal.paths(1, page -> List.of(path("a")));
        assertEquals(0, agent(List.of()).once());
        assertTrue(journal.job().isEmpty());
    }

    @Test
    void stopsWorkThatIsNotWanted() throws Exception {
        big();
        central.jobs().offer(5, "BACKUP", Map.of(), tree.toString());
        central.jobs().cancel();
        first.getStuck();
        second.getStuck();
        agent(List.of()).once();
        JobResult result = central.jobs().results().get(0);
        assertEquals("CANCELLED", result.state());
        assertEquals(130, result.exitCode());
    }

    @Test
    void dropsWorkThatSomebodyElseHas() throws Exception {
        big();
        central.jobs().offer(5, "BACKUP", Map.of(), tree.toString());
        central.jobs().pass();
        first.getStuck();
        second.getStuck();
        agent(List.of()).once();
        assertEquals(List.of(), central.jobs().results());
        assertTrue(new Journal(home.agentFolder()).job().isEmpty());
    }

    @Test
    void givesItsJobBackWhenItIsStopped() throws Exception {
        big();
        central.jobs().offer(5, "BACKUP", Map.of(), tree.toString());
        first.getStuck();
        second.getStuck();
        background(agent(List.of()));
        central.jobs().awaitReport();
        running.interrupt();
        running.join();
        assertEquals("WAITING", central.jobs().results().get(0).state());
    }

    @Test
    void aPauseTakesTheWorkAwayUntilItIsOver() throws Exception {
        big();
        central.jobs().offer(5, "BACKUP", Map.of(), tree.toString());
        first.getStuck();
        second.getStuck();
        background(agent(List.of()));
        central.jobs().awaitReport();
        OwnPause pause = new OwnPause(home, Clock.systemUTC());
        pause.begin(Duration.ofHours(2));
        assertEquals("WAITING", central.jobs().awaitResults(1).get(0).state());
        central.jobs().awaitHold("PAUSED");
        assertEquals("PAUSED", Held.of(home, Clock.systemUTC()).orElseThrow().kind());
        first.getFree();
        second.getFree();
        pause.end();
        assertEquals("DONE", central.jobs().awaitResults(2).get(1).state());
    }

    @Test
    void onBatteryPlannedBackupsWaitAndOrderedOnesGo() throws Exception {
        senses.onBattery = true;
        central.jobs().offer(5, "RUN_NOW", Map.of("due", "2030-01-01T00:00:00Z"));
        central.jobs().offer(6, "BACKUP", Map.of(), path("a"));
        assertEquals(1, agent(List.of()).once());
        assertEquals("DONE", central.jobs().results().get(0).state());
        senses.onBattery = false;
        assertEquals(1, agent(List.of()).once());
        assertEquals("DONE", central.jobs().results().get(1).state());
    }

    @Test
    void aBackupThatIsLateGoesOnBatteryUnlessItsOwnerSaysNever() throws Exception {
        senses.onBattery = true;
        central.jobs().offer(6, "BACKUP", Map.of(), path("a"));
        assertEquals(1, agent(List.of()).once());
        Clock later = Clock.offset(Clock.systemUTC(), Guest.LATE.plusMinutes(1));
        assertEquals(Optional.empty(), new Guest(home, senses, later).cause());
        Clock sooner = Clock.offset(Clock.systemUTC(), Guest.LATE.minusMinutes(1));
        assertEquals(Optional.of(Cause.BATTERY), new Guest(home, senses, sooner).cause());
        OwnHolds own = new OwnHolds(home);
        own.keep(Map.of(Cause.BATTERY, Answer.NEVER));
        assertEquals(Optional.of(Cause.BATTERY), new Guest(home, senses, later).cause());
        own.keep(Map.of(Cause.BATTERY, Answer.GO));
        assertEquals(Optional.empty(), new Guest(home, senses, sooner).cause());
        senses.metered = true;
        assertEquals(Optional.of(Cause.METERED), new Guest(home, senses, sooner).cause());
    }

    @Test
    void hearsOfJobsAndOfTheMasterFileAndConnectsAgain() throws Exception {
        background(agent(List.of()));
        central.events().awaitStreams(1);
        central.jobs().offer(5, "BACKUP", Map.of(), path("a"));
        central.events().tell("job", "{\"job\":5}");
        assertEquals("DONE", central.jobs().awaitResults(1).get(0).state());
        central.masterFile(masterFile(2));
        central.question(Question.versions("/etc"));
        central.events().tell("question", "{\"question\":9}");
        while (!central.paths().contains("PUT /api/v1/questions/9/answer")) {
            Thread.onSpinWait();
        }
        central.events().tell("master-file", "{\"version\":2}");
        try (Machine machine = Machine.open(home)) {
            while (machine.localMasterFile().kept().orElseThrow().version() < 2) {
                Thread.onSpinWait();
            }
        }
        central.events().drop();
        central.events().awaitStreams(2);
    }

    @Test
    void asksWhereThereIsNoStream() throws Exception {
        central.events().refuse();
        background(agent(List.of()));
        central.jobs().offer(5, "BACKUP", Map.of(), path("a"));
        assertEquals("DONE", central.jobs().awaitResults(1).get(0).state());
    }

    @Test
    void aHomeHasOneAgent() throws Exception {
        try (HomeLock held = home.lockForAgent()) {
            assertNotNull(held);
            assertThrows(HomeBusyException.class, () -> agent(List.of()).once());
        }
    }

    @Test
    void otherSourcesOfWorkComeAfterCentral() throws Exception {
        StringBuilder order = new StringBuilder();
        Deque<Work> waiting = new ArrayDeque<>(List.of(new Noted("one", order), new Noted("two", order)));
        central.jobs().offer(5, "BACKUP", Map.of(), path("a"));
        assertEquals(
                3, agent(List.of(() -> Optional.ofNullable(waiting.poll()))).once());
        assertEquals("one two ", order.toString());
        assertEquals(1, central.jobs().results().size());
    }

    @Test
    void pausesGrowAndNeverAreTheSameForAll() {
        Pauses pauses = new Pauses(new Random(1));
        Duration longest = Duration.ZERO;
        for (int i = 0; i < 20; i++) {
            Duration pause = pauses.next();
            assertTrue(pause.compareTo(Duration.ofMillis(500)) >= 0 && pause.compareTo(Duration.ofMinutes(1)) <= 0);
            longest = pause.compareTo(longest) > 0 ? pause : longest;
        }
        assertTrue(longest.compareTo(Duration.ofSeconds(30)) >= 0);
        pauses.reset();
        assertTrue(pauses.next().compareTo(Duration.ofSeconds(1)) <= 0);
    }

    private record Noted(String name, StringBuilder order) implements Work {
        @Override
        public void run() {
            order.append(name).append(' ');
        }
    }

    private Agent agent(List<WorkSource> others) {
        Log log = new Log(new PrintStream(printed, true, StandardCharsets.UTF_8), Clock.systemUTC());
        return new Agent(
                home,
                log,
                thrown -> new Ending(
                        thrown instanceof InterruptedException ? 130 : 1, String.valueOf(thrown.getMessage())),
                others,
                senses);
    }

    private void background(Agent agent) {
        running = new Thread(() -> {
            try {
                agent.run();
            } catch (IOException | InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        running.start();
    }

    private String path(String name) {
        return tree.resolve(name).toString();
    }

    private void big() throws IOException {
        byte[] noise = new byte[40 << 20];
        new Random(3).nextBytes(noise);
        Files.write(tree.resolve("noise"), noise);
    }

    private String masterFile(long version) {
        return realm.masterFile(
                        version,
                        Map.of(
                                2L,
                                TestRealm.hostLine(2, first.url().toString()),
                                3L,
                                TestRealm.hostLine(3, second.url().toString())))
                .text();
    }
}
