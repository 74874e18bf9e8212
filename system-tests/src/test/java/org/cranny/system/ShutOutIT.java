package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cranny.cluster.Await;
import org.cranny.cluster.ClusterStatus;
import org.cranny.cluster.Command;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A machine that is shut out is refused everywhere within a minute, on connections that it had made before, too. */
@LongForm
@ExtendWith(SharesRealm.class)
class ShutOutIT {
    private static final int MOST_SECONDS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Realm realm;

    ShutOutIT(Realm realm) {
        this.realm = realm;
    }

    @Test
    void aSourceThatIsShutOutIsRefusedEverywhereWithinAMinuteAndItsBackupsComeBack() throws Exception {
        Path tree = Contents.tree(realm.emptyFolder("tree"), 20, 31);
        Cranny stolen = realm.source();
        BackupAndRestoreIT.backUp(stolen, tree);
        String name = stolen.home().getFileName().toString();
        URI machines = realm.machines();
        Map<String, KeptConnection> connections = new LinkedHashMap<>();
        Background agent = Background.start(stolen.commandLine("agent"));
        try {
            connections.put("central", KeptConnection.of(stolen.home(), machines));
            for (ClusterStatus.Daemon daemon : realm.status().daemons()) {
                connections.put(daemon.name(), KeptConnection.of(stolen.home(), URI.create(daemon.url())));
            }
            Command.Outcome out =
                    realm.admin(realm.stranger(), "system", "shut-out", name, "--why", "stolen", "--yes", "--json");
            Claims.done(out);
            JsonObject system = Json.ofType(out.output(), "system").get(0);
            assertTrue(system.getBoolean("revoked"), system::toString);
            Map<String, Double> seconds = untilRefused(connections, machines);
            System.out.println("shut out: refused after seconds " + seconds);
            assertTrue(seconds.values().stream().allMatch(each -> each < MOST_SECONDS), seconds::toString);
            Command.Outcome backup = stolen.run("backup", tree.toString());
            assertFalse(backup.exit() == 0, backup::output);
            assertTrue(backup.errors().contains("shut"), backup::errors);

            String number = system.get("number").toString();
            Path archive = realm.emptyFolder("archive").resolve("all.tar");
            Claims.done(realm.admin(
                    realm.stranger(), "recover", number, "--archive", archive.toString(), "--why", "the day after"));
            Cranny again = realm.source();
            BackupAndRestoreIT.backUp(again, tree);
        } finally {
            agent.kill();
            for (KeptConnection connection : connections.values()) {
                connection.close();
            }
        }
    }

    @Test
    void aHostThatIsShutOutLeavesTheListAndItsCopiesAreMadeElsewhere() throws Exception {
        Path home = realm.emptyFolder("stolen-host");
        try (ExtraDaemon host = ExtraDaemon.start(
                realm, "stolen-host", home, Realm.PORT_BASE + 700, "--quota", "1G", "--keep-free", "0")) {
            Map<String, KeptConnection> connections = new LinkedHashMap<>();
            for (ClusterStatus.Daemon daemon : realm.status().daemons()) {
                connections.put(daemon.name(), KeptConnection.of(home, URI.create(daemon.url())));
            }
            long number = realm.host("stolen-host").getJsonNumber("id").longValue();
            Claims.done(realm.admin(realm.stranger(), "system", "shut-out", String.valueOf(number), "--yes"));
            Map<String, Double> seconds = untilRefused(connections, realm.machines());
            System.out.println("shut out as a host: refused after seconds " + seconds);
            assertTrue(seconds.values().stream().allMatch(each -> each < MOST_SECONDS), seconds::toString);
            Await.until("it is off the list", PATIENCE, () -> !isListed("stolen-host"));
            for (KeptConnection connection : connections.values()) {
                connection.close();
            }
        }
    }

    @Test
    void anOwnerIsToldWhatFollowsAndShutsTheirMachineOut() throws Exception {
        Cranny stolen = realm.source();
        String name = stolen.home().getFileName().toString();
        BackupAndRestoreIT.backUp(stolen, Contents.tree(realm.emptyFolder("tree"), 5, 32));
        Claims.done(realm.admin(realm.stranger(), "owner", name, "owner@example.org"));
        try (Browser browser = new Browser(realm.emptyFolder("browser"))) {
            browser.show(1280, 900, false);
            browser.open(realm.status().central().url() + "/");
            browser.logIn("owner", Staff.password("owner"));
            browser.picture(picture("mine"));
            browser.find("section[aria-label='" + name + "'] a[href*='plan=shut-out']")
                    .click();
            String follows = browser.find("#shut-out").getText();
            assertTrue(follows.contains("What it backed up stays") && follows.contains("cannot be undone"), follows);
            assertEquals(List.of(), browser.barriers());
            browser.picture(picture("shut-out"));
            browser.show(360, 800, true);
            browser.fitsItsWidth("shut-out");
            browser.picture(picture("shut-out-narrow"));
            browser.show(1280, 900, false);
            browser.type("#why", "stolen from a train");
            browser.find("#shut-out button.danger").click();
            assertTrue(
                    browser.find("h1").getText().contains("was shut out"),
                    browser.find("h1").getText());
            browser.picture(picture("was-shut-out"));
        }
    }

    private Path picture(String name) {
        return realm.repository().resolve("system-tests/target/pictures/stolen-" + name + ".png");
    }

    private boolean isListed(String name) {
        try {
            return realm.administrator().get(realm.api("/master-file")).body().contains('"' + name + '"');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks on each of these connections until it is refused. @return by name, after how many seconds that was */
    private static Map<String, Double> untilRefused(Map<String, KeptConnection> connections, URI machines) {
        long from = System.nanoTime();
        Map<String, Double> seconds = new TreeMap<>();
        Await.until("the machine is refused everywhere", PATIENCE, () -> {
            for (Map.Entry<String, KeptConnection> each : connections.entrySet()) {
                if (!seconds.containsKey(each.getKey())) {
                    String path = each.getKey().equals("central")
                            ? machines.getPath() + "/api/v1/policy"
                            : "/cranny/v1/status";
                    int status = each.getValue().get(path);
                    if (status != 200) {
                        assertEquals(403, status, each.getKey());
                        seconds.put(each.getKey(), Math.round((System.nanoTime() - from) / 1e8) / 10.0);
                    }
                }
            }
            return seconds.size() == connections.size();
        });
        return seconds;
    }
}
