package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cranny.cluster.Await;
import org.cranny.cluster.Caller;
import org.cranny.cluster.Command;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How reliably hosts can be reached is seen by others, and steers what is done with them. */
@LongForm
@ExtendWith(SharesRealm.class)
class ReliabilityIT {

    private static final Duration SOON = Duration.ofSeconds(150);

    private final Realm realm;

    ReliabilityIT(Realm realm) {
        this.realm = realm;
    }

    @Test
    void ratingOfAKilledDaemonFallsAndComesBack() throws Exception {
        Await.until("peers saw daemon-2", SOON, () -> looks("daemon-2").stream()
                .anyMatch(look -> look.getString("name").startsWith("daemon-")
                        && look.getString("outcome").equals("REACHED")));
        double before = rating("daemon-2");
        realm.cluster().killDaemon(2);
        Await.until("the rating falls", SOON, () -> rating("daemon-2") <= before - 0.1);
        assertTrue(looks("daemon-2").stream()
                .anyMatch(look -> look.getString("outcome").equals("REFUSED")));
        realm.makeWhole();
        realm.awaitState("daemon-2", "ACCEPTING");
        double low = rating("daemon-2");
        assertTrue(low < before, () -> "it is " + low + " after " + before);
        Await.until("the rating comes back", Duration.ofMinutes(5), () -> rating("daemon-2") >= low + 0.05);
    }

    @Test
    void daemonThatNobodyCanReachIsMarkedAndNotChosenUntilSomebodyCan() throws Exception {
        Path home = realm.emptyFolder("hidden").resolve("home");
        String address = "https://127.0.0.1:" + (Realm.PORT_BASE + 320);
        Claims.done(enroll(home, "hidden", realm.status().token(), "--address", address));
        Path settings = home.resolve("daemon.properties");
        String asEnrolled = Files.readString(settings);
        String behindARouter = "listen=https\\://127.0.0.1\\:" + (Realm.PORT_BASE + 321) + "\n";
        Files.writeString(settings, behindARouter, StandardOpenOption.APPEND);
        Process daemon = run(home);
        try {
            awaitState("hidden", "UNREACHABLE");
            String reason = listed("hidden").getString("unreachable");
            assertTrue(reason.contains("central refused") && reason.contains("firewall"), reason);
            Cranny source = realm.source();
            Path tree = realm.emptyFolder("tree");
            Contents.noise(tree.resolve("noise"), 60 << 20, 320);
            BackupAndRestoreIT.backUp(source, tree);
            assertEquals(0, listed("hidden").getInt("fragments"));
            end(daemon);
            Files.writeString(settings, asEnrolled);
            daemon = run(home);
            awaitState("hidden", "ACCEPTING");
            Await.until("the mark is gone", SOON, () -> !listed("hidden").containsKey("unreachable"));
        } finally {
            end(daemon);
        }
    }

    @Test
    void monitorAloneReportsAndLendsNothing() throws Exception {
        Path home = realm.emptyFolder("watch").resolve("home");
        Claims.done(enroll(home, "watch", token("monitor"), "--monitor-only"));
        Process monitor = run(home);
        try {
            Await.until("central hears what it saw", SOON, () -> looks("daemon-1").stream()
                    .anyMatch(look -> look.getString("name").equals("watch")
                            && look.getString("outcome").equals("REACHED")));
            assertFalse(masterFile().contains("\"watch\""), "it is no host");
            assertTrue(Files.notExists(home.resolve("fragments")));
        } finally {
            end(monitor);
        }
    }

    private Command.Outcome enroll(Path home, String name, String token, String... more) {
        List<String> command = new ArrayList<>(List.of(
                program(),
                "enroll",
                realm.status().central().url(),
                "--home",
                home.toString(),
                "--name",
                name,
                "--token",
                token,
                "--ca-fingerprint",
                realm.status().caFingerprint()));
        command.addAll(List.of(more));
        return Command.run(realm.repository(), command, Map.of());
    }

    private Process run(Path home) throws IOException {
        Path log = Files.createTempFile("daemon", ".log");
        return new ProcessBuilder(program(), "run", "--home", home.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** A daemon that is started by hand takes its time. */
    private void awaitState(String host, String state) {
        Await.until(host + " becomes " + state, Duration.ofMinutes(4), () -> listed(host)
                .getString("state")
                .equals(state));
    }

    private static void end(Process process) {
        process.destroyForcibly().onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private String program() {
        return realm.repository().resolve("bin/cranny-daemon").toString();
    }

    private String token(String role) throws IOException {
        String request = "{\"roles\":[\"" + role + "\"],\"uses\":1,\"validSeconds\":600}";
        return Caller.body(realm.administrator().post(realm.api("/tokens"), request))
                .asJsonObject()
                .getString("token");
    }

    private JsonObject listed(String name) {
        return answer("/hosts").asJsonArray().getValuesAs(JsonObject.class).stream()
                .filter(host -> host.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private double rating(String name) {
        return listed(name).getJsonNumber("rating").doubleValue();
    }

    private List<JsonObject> looks(String name) {
        return answer("/hosts/" + listed(name).getInt("number") + "/reliability")
                .asJsonObject()
                .getJsonArray("looks")
                .getValuesAs(JsonObject.class);
    }

    private JsonStructure answer(String path) {
        try {
            return realm.administrator().json(realm.api(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String masterFile() throws IOException {
        return realm.administrator().get(realm.api("/master-file")).body();
    }
}
