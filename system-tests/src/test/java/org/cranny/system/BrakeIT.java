package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.cranny.cluster.Await;
import org.cranny.cluster.Caller;
import org.cranny.cluster.ClusterStatus;
import org.cranny.cluster.Command;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ransomware on a machine whose policy keeps one backup: nothing of before goes until two people let it. */
@LongForm
@ExtendWith(SharesRealm.class)
class BrakeIT {
    private static final int FILES = 6;
    private static final long SIZE = 5 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Realm realm;

    BrakeIT(Realm realm) {
        this.realm = realm;
    }

    @Test
    void aSourceThatEncryptsAllItHasIsStoppedAndTwoPeopleLetItGoOn() throws Exception {
        Path tree = realm.emptyFolder("tree");
        encrypt(tree, 1);
        Cranny source = realm.source();
        String good = BackupAndRestoreIT.backUp(source, tree).getString("snapshot");
        String name = source.home().getFileName().toString();
        long system = Json.object(Files.readString(source.home().resolve("config.json")))
                .getJsonNumber("system")
                .longValue();
        twoDaysPass(system);
        Path policy =
                Contents.text(realm.emptyFolder("policy").resolve("policy.json"), "{\"retention\": {\"last\": 1}}");
        Claims.done(realm.admin(source, "policy", "set", "system", Long.toString(system), policy.toString()));

        for (int round = 2; round <= 3; round++) {
            encrypt(tree, round);
            BackupAndRestoreIT.backUp(source, tree);
            Claims.done(realm.admin(source, "retention", "run", Long.toString(system)));
        }
        JsonObject brake = brakes(source).get(0);
        System.out.println(brake);
        assertEquals(system, brake.getJsonNumber("system").longValue());
        assertEquals(1, brake.getInt("lastGood"));
        assertEquals(
                3,
                Json.ofType(
                                realm.admin(source, "snapshots", Long.toString(system), "--json")
                                        .output(),
                                "snapshot")
                        .size());
        Await.until("there is an alert", PATIENCE, () -> isAlert(source));

        Path out = realm.emptyFolder("out");
        Claims.done(source.run("restore", good, "--target", out.toString()));
        encrypt(tree, 1);
        for (int i = 0; i < FILES; i++) {
            String file = "file-" + i;
            assertEquals(
                    -1,
                    Files.mismatch(tree.resolve(file), Claims.below(out, tree).resolve(file)));
        }

        letGoOn(system, name);
        assertEquals(List.of(), brakes(source));
    }

    private void letGoOn(long system, String name) throws Exception {
        ClusterStatus.Central central = realm.status().central();
        try (Browser browser = new Browser(realm.emptyFolder("browser"))) {
            browser.show(1280, 900, false);
            browser.open(central.url() + "/");
            browser.logIn(central.user(), central.password());
            browser.picture(picture("overview"));
            assertTrue(browser.find("#needs").getText().contains(name), () -> browser.find("#needs")
                    .getText());
            browser.open(central.url() + "/system.xhtml?id=" + system);
            String seen = browser.find("#brake").getText();
            assertTrue(seen.contains("needed no more") && seen.contains("Version 1"), seen);
            assertEquals(List.of(), browser.barriers());
            browser.picture(picture("system"));
            browser.show(360, 800, true);
            browser.fitsItsWidth("brake");
            browser.picture(picture("system-narrow"));
            browser.show(1280, 900, false);
            browser.find("#release button").click();
            browser.picture(picture("asked"));
            assertTrue(browser.has("#brake"));
            give(system);
            browser.open(central.url() + "/system.xhtml?id=" + system);
            browser.find("#release button").click();
            assertTrue(!browser.has("#brake"));
            browser.picture(picture("released"));
        }
    }

    private void give(long system) throws IOException {
        Caller second =
                Caller.administrator(realm.status().caFingerprint(), "administrator", Staff.password("administrator"));
        JsonObject asked = second.json(realm.api("/approvals")).asJsonArray().stream()
                .map(each -> each.asJsonObject())
                .filter(each -> each.getString("kind").equals("BRAKE")
                        && each.getJsonNumber("system").longValue() == system)
                .findFirst()
                .orElseThrow();
        HttpResponse<String> given = second.post(realm.api("/approvals/" + asked.getInt("id") + "/give"), "{}");
        assertEquals(200, given.statusCode(), given::body);
    }

    private Path picture(String name) {
        return realm.repository().resolve("system-tests/target/pictures/brake-" + name + ".png");
    }

    private List<JsonObject> brakes(Cranny person) {
        Command.Outcome out = realm.admin(person, "brake", "list", "--json");
        Claims.done(out);
        return Json.ofType(out.output(), "brake");
    }

    private boolean isAlert(Cranny person) {
        return Json.ofType(realm.admin(person, "alerts", "--json").output(), "alert").stream()
                .anyMatch(each -> each.getString("kind").equals("BRAKE_PULLED"));
    }

    /** Other octets in all files, the same for the same round. */
    private static void encrypt(Path tree, int round) {
        for (int i = 0; i < FILES; i++) {
            Contents.noise(tree.resolve("file-" + i), SIZE, 1_000L * round + i);
        }
    }

    /** What the source backed up was received two days ago. */
    private void twoDaysPass(long system) throws SQLException {
        realm.cluster().killCentral();
        Path database = realm.status().central().home().resolve("database/central");
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:h2:file:" + database + ";IFEXISTS=TRUE;DB_CLOSE_DELAY=0", "cranny", "embedded");
                PreparedStatement update = connection.prepareStatement(
                        "update snapshot set received_millis = received_millis - ? where source = ?")) {
            update.setLong(1, Duration.ofDays(2).toMillis());
            update.setLong(2, system);
            assertEquals(1, update.executeUpdate());
        }
        realm.makeWhole();
    }
}
