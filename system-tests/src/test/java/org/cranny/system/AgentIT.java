package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cranny.cluster.Await;
import org.cranny.cluster.Command;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Central gives work to agents, which are processes of their own and may be killed. */
@ExtendWith(SharesRealm.class)
class AgentIT {

    private static final long MIB = 1 << 20;
    private static final long BIG = 128 * MIB;
    private static final Duration LONG = Duration.ofMinutes(4);

    private final Realm realm;
    private final List<Background> agents = new ArrayList<>();

    AgentIT(Realm realm) {
        this.realm = realm;
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Background agent : agents) {
            agent.kill();
        }
    }

    @Test
    void backsUpExactlyTheListThatCentralSendsAndBringsItBack() throws IOException {
        Path tree = Contents.tree(realm.emptyFolder("tree"), 300, 70);
        Cranny source = realm.source();
        startAgent(source);
        List<Path> chosen = files(tree).stream().limit(200).toList();
        Path list = realm.emptyFolder("list").resolve("list");
        Files.writeString(list, chosen.stream().map(Path::toString).collect(Collectors.joining("\n", "", "\n")));

        JsonObject backup = admin(source, 0, "backup", name(source), "--files-from", list.toString(), "--wait");
        assertEquals("DONE", backup.getString("state"));
        assertEquals(200, backup.getJsonObject("summary").getInt("files"));

        Path target = realm.emptyFolder("restored");
        JsonObject restore = admin(source, 0, "restore", name(source), "--target", target.toString(), "--wait");
        assertEquals("DONE", restore.getString("state"));
        assertEquals(200, files(target).size());
        for (Path file : chosen) {
            assertEquals(-1, Files.mismatch(file, Claims.below(target, file)), file.toString());
        }

        JsonObject check = admin(source, 0, "check", name(source), "--wait");
        assertTrue(check.getJsonObject("summary").getBoolean("sound"));
        JsonObject again = admin(source, 0, "run-now", name(source), "--wait");
        assertEquals(200, again.getJsonObject("summary").getInt("files"));
    }

    @Test
    @LongForm
    void whereThePolicyKeepsNamesFromCentralTheAgentListsThem() throws Exception {
        Path tree = Contents.tree(realm.emptyFolder("tree"), 5, 75);
        Cranny source = realm.source();
        BackupAndRestoreIT.backUp(source, tree);
        long system = Cranny.summary(source.run("status", "--json"))
                .getJsonNumber("system")
                .longValue();
        String listing = "/systems/" + system + "/snapshots/latest/tree?path=" + tree;
        JsonObject before = realm.administrator().json(realm.api(listing)).asJsonObject();
        Path policy = realm.emptyFolder("policy").resolve("policy.json");
        Files.writeString(policy, "{\"browsing\": false}");
        Claims.done(realm.admin(source, "policy", "set", "system", String.valueOf(system), policy.toString()));
        assertEquals(409, status(listing), "nobody is there to ask");
        Background agent = startAgent(source);
        Await.until("the agent is asked", Duration.ofSeconds(30), () -> status(listing) == 200);
        assertEquals(
                before.getJsonArray("entries"),
                realm.administrator().json(realm.api(listing)).asJsonObject().getJsonArray("entries"));
        agent.kill();
        assertEquals(409, status(listing), "nobody is there to ask");
    }

    @Test
    @LongForm
    void aJobWaitsForItsAgentAndSurvivesItsKill() throws Exception {
        Path tree = big(71);
        Cranny source = realm.source();
        long job = number(admin(source, 0, "backup", name(source), tree.toString()), "id");
        assertEquals("WAITING", job(job).getString("state"));
        Traffic before = realm.traffic();
        Background agent = startAgent(source);
        awaitSent(before, BIG / 2);
        assertEquals("RUNNING", job(job).getString("state"));
        agent.kill();
        startAgent(source);
        JsonObject done = awaitEnd(job);
        assertEquals("DONE", done.getString("state"), done::toString);
        assertEquals(2, done.getInt("attempts"));
        assertTrue(
                realm.traffic().since(before).putBytes() < 3 * BIG,
                () -> "sent " + realm.traffic().since(before).putBytes());
        restoresEqual(source, tree);
    }

    @Test
    @LongForm
    void aJobIsHandedOutAgainWhenItsLeaseHasPassed() throws Exception {
        Path tree = big(72);
        Cranny source = realm.source();
        Traffic before = realm.traffic();
        Background agent = startAgent(source);
        long job = number(admin(source, 0, "backup", name(source), tree.toString()), "id");
        awaitSent(before, BIG / 4);
        agent.kill();
        Await.until("the job waits again", Duration.ofSeconds(120), () -> job(job).getString("state")
                .equals("WAITING"));
        startAgent(source);
        assertEquals("DONE", awaitEnd(job).getString("state"));
        restoresEqual(source, tree);
    }

    @Test
    @LongForm
    void aBackupGoesOnWhileCentralIsAwayAndItsResultIsTold() throws Exception {
        Path tree = big(73);
        Cranny source = realm.source();
        Traffic before = realm.traffic();
        startAgent(source);
        long job = number(admin(source, 0, "backup", name(source), tree.toString()), "id");
        awaitSent(before, BIG / 4);
        realm.cluster().killCentral();
        realm.cluster().startCentral();
        JsonObject done = awaitEnd(job);
        assertEquals("DONE", done.getString("state"), done::toString);
        restoresEqual(source, tree);
    }

    @Test
    @LongForm
    void anotherMachinesCommitReachesTheLocalMasterFileWithinTwoSeconds() throws Exception {
        Path tree = realm.emptyFolder("tree");
        Contents.noise(tree.resolve("noise"), 64 * MIB, 74);
        Cranny listener = realm.source();
        Cranny other = realm.source();
        startAgent(listener);
        Await.until("the agent has a master file", Duration.ofSeconds(30), () -> version(listener) > 0);
        long free = freeBytes(listener);
        long stored = BackupAndRestoreIT.backUp(other, tree)
                .getJsonNumber("storedBytes")
                .longValue();
        Await.until(
                "the free space in the other machine's master file falls by what was stored",
                Duration.ofSeconds(2),
                () -> free - freeBytes(listener) >= 2 * stored);
    }

    @Test
    @LongForm
    void cancelStopsARunningJob() throws Exception {
        Path tree = big(75);
        Cranny source = realm.source();
        Traffic before = realm.traffic();
        startAgent(source);
        long job = number(admin(source, 0, "backup", name(source), tree.toString()), "id");
        awaitSent(before, BIG / 8);
        admin(source, 0, "cancel", String.valueOf(job));
        Await.until("the job is cancelled", Duration.ofSeconds(10), () -> job(job).getString("state")
                .equals("CANCELLED"));
    }

    @Test
    @LongForm
    void aHomeHasOneAgentAndGivesItsJobBackWhenItIsStopped() throws Exception {
        Path tree = big(76);
        Cranny source = realm.source();
        Traffic before = realm.traffic();
        Background agent = startAgent(source);
        long job = number(admin(source, 0, "backup", name(source), tree.toString()), "id");
        awaitSent(before, BIG / 8);
        Claims.refusesInOneLine(1, source.run("agent", "--once"), "another agent");
        agent.terminate();
        agent.end(Duration.ofSeconds(20));
        JsonObject waiting = job(job);
        assertEquals("WAITING", waiting.getString("state"));
        assertEquals(0, waiting.getInt("attempts"));
        Claims.done(source.run("agent", "--once"));
        assertEquals("DONE", job(job).getString("state"));
    }

    private Background startAgent(Cranny source) throws IOException {
        Background agent = Background.start(source.commandLine("agent"));
        agents.add(agent);
        return agent;
    }

    private JsonObject admin(Cranny source, int exit, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--json",
                "--user",
                realm.status().central().user(),
                "--password-file",
                realm.status()
                        .central()
                        .home()
                        .resolve("secrets/admin-password")
                        .toString()));
        Command.Outcome outcome = source.run("admin", all.toArray(String[]::new));
        Claims.exits(exit, outcome);
        return Json.object(outcome.lastLine());
    }

    private int status(String path) {
        try {
            return realm.administrator().get(realm.api(path)).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonObject job(long id) {
        try {
            return realm.administrator().json(realm.api("/jobs/" + id)).asJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonObject awaitEnd(long id) {
        Await.until("job " + id + " ends", LONG, () -> List.of("DONE", "FAILED", "CANCELLED")
                .contains(job(id).getString("state")));
        return job(id);
    }

    private void awaitSent(Traffic before, long bytes) {
        Await.until(
                "some packs are stored",
                Duration.ofSeconds(120),
                () -> realm.traffic().since(before).putBytes() > bytes);
    }

    private void restoresEqual(Cranny source, Path tree) {
        Path target = realm.emptyFolder("restored");
        Claims.done(source.run("restore", "latest", "--target", target.toString()));
        Claims.restoredEqual(tree, target);
    }

    private static String name(Cranny source) {
        return source.home().getFileName().toString();
    }

    private static long version(Cranny source) {
        return masterFile(source).stream()
                .filter(line -> line.containsKey("version"))
                .map(line -> number(line, "version"))
                .findFirst()
                .orElse(0L);
    }

    private static long freeBytes(Cranny source) {
        return masterFile(source).stream()
                .filter(line -> line.get("freeBytes") instanceof JsonNumber)
                .mapToLong(line -> number(line, "freeBytes"))
                .sum();
    }

    /** The local master file as it lies on the disk. */
    private static List<JsonObject> masterFile(Cranny source) {
        Path file = source.home().resolve("master-file");
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream().map(Json::object).toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long number(JsonObject object, String name) {
        return object.getJsonNumber(name).longValue();
    }

    private static List<Path> files(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private Path big(long seed) throws IOException {
        Path tree = realm.emptyFolder("big");
        for (int i = 0; i < 8; i++) {
            Contents.noise(tree.resolve("noise-" + i), BIG / 8, seed * 100 + i);
        }
        return tree;
    }
}
