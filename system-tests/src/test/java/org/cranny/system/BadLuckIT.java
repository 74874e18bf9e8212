package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cranny.cluster.Await;
import org.cranny.cluster.Command;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What goes wrong on the way loses nothing. */
@ExtendWith(SharesRealm.class)
class BadLuckIT {

    private static final long MIB = 1 << 20;
    private static final long BIG = 128 * MIB;

    private final Realm realm;

    BadLuckIT(Realm realm) {
        this.realm = realm;
    }

    @Test
    @LongForm
    void refusesToBackUpWithFewerThanTwoHosts() {
        Path tree = Contents.tree(realm.emptyFolder("tree"), 5, 20);
        Cranny source = realm.source();
        realm.cluster().killDaemon(1);
        realm.cluster().killDaemon(2);
        Claims.refusesInOneLine(4, source.run("backup", tree.toString()), "host");
    }

    @Test
    @LongForm
    void goesOnWhenAHostDiesInTheMiddle() throws Exception {
        Path tree = big(21);
        Cranny source = realm.source();
        Traffic before = realm.traffic();
        Background backup = Background.start(source.commandLine("backup", tree.toString(), "--json"));
        Await.until("some packs are stored", Duration.ofSeconds(60), () -> sentSince(before) > 24 * MIB);
        realm.cluster().killDaemon(3);
        Command.Outcome outcome = backup.end(Duration.ofMinutes(3));
        Claims.done(outcome);
        JsonObject summary = Cranny.summary(outcome);
        assertEquals(2, summary.getInt("copies"));
        realm.makeWhole();
        Path target = realm.emptyFolder("restored");
        Claims.done(source.run("restore", summary.getString("snapshot"), "--target", target.toString()));
        Claims.restoredEqual(tree, target);
    }

    @Test
    @LongForm
    void goesOnWhereAKilledSourceStopped() throws Exception {
        Path tree = big(22);
        Cranny source = realm.source();
        Traffic before = realm.traffic();
        Background backup = Background.start(source.commandLine("backup", tree.toString(), "--json"));
        Await.until("half is stored", Duration.ofSeconds(120), () -> sentSince(before) > BIG);
        backup.kill();
        JsonObject summary = BackupAndRestoreIT.backUp(source, tree);
        assertTrue(sentSince(before) < 2 * BIG + BIG / 2, () -> "sent " + sentSince(before));
        Path target = realm.emptyFolder("restored");
        Claims.done(source.run("restore", summary.getString("snapshot"), "--target", target.toString()));
        Claims.restoredEqual(tree, target);
    }

    @Test
    @LongForm
    void goesOnWhereAKilledRestoreStopped() throws Exception {
        Path tree = big(25);
        Cranny source = realm.source();
        String snapshot = BackupAndRestoreIT.backUp(source, tree).getString("snapshot");
        Path target = realm.emptyFolder("restored");
        Traffic before = realm.traffic();
        Background restore = Background.start(source.commandLine("restore", snapshot, "--target", target.toString()));
        Await.until(
                "some packs are fetched",
                Duration.ofSeconds(60),
                () -> realm.traffic().since(before).getBytes() > 24 * MIB);
        restore.kill();
        Claims.done(source.run("restore", snapshot, "--target", target.toString()));
        Claims.restoredEqual(tree, target);
    }

    @Test
    @LongForm
    void refusesASecondBackupOfTheSameSourceAtOnce() throws Exception {
        Path tree = big(23);
        Cranny source = realm.source();
        Traffic before = realm.traffic();
        Background first = Background.start(source.commandLine("backup", tree.toString(), "--json"));
        Await.until("the first one sends", Duration.ofSeconds(60), () -> sentSince(before) > 0);
        Claims.refusesInOneLine(1, source.run("backup", tree.toString()), "another backup");
        Claims.done(first.end(Duration.ofMinutes(3)));
    }

    @Test
    @LongForm
    void stopsAtControlCAndGoesOnLater() throws Exception {
        Path tree = big(24);
        Cranny source = realm.source();
        Traffic before = realm.traffic();
        Background backup = Background.start(source.commandLine("backup", tree.toString()));
        Await.until("some packs are stored", Duration.ofSeconds(60), () -> sentSince(before) > 24 * MIB);
        backup.interrupt();
        Claims.exits(130, backup.end(Duration.ofSeconds(10)));
        BackupAndRestoreIT.backUp(source, tree);
    }

    @Test
    void backsUpTheRestWhenAFileCannotBeRead() throws Exception {
        Path tree = realm.emptyFolder("tree");
        Contents.text(tree.resolve("readable"), "readable");
        Path secret = Contents.text(tree.resolve("secret"), "secret");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        Cranny source = realm.source();
        Command.Outcome outcome = Command.run(
                realm.repository(),
                withoutPrivileges(source.commandLine("backup", tree.toString(), "--json")),
                Map.of());
        Claims.exits(3, outcome);
        assertTrue(
                Json.ofType(outcome.output(), "warning").stream()
                        .anyMatch(warning -> warning.getString("path", "").endsWith("secret")),
                outcome.output());
        assertEquals(1, Cranny.summary(outcome).getInt("files"));
    }

    @Test
    @LongForm
    void bearsFilesThatChangeAndVanishMeanwhile() throws Exception {
        Path tree = realm.emptyFolder("tree");
        Path calm = Contents.tree(Files.createDirectory(tree.resolve("calm")), 200, 26);
        Path restless = Files.createDirectory(tree.resolve("restless"));
        Cranny source = realm.source();
        Command.Outcome outcome;
        try (Restlessness restlessness = Restlessness.in(restless, 400)) {
            outcome = source.run("backup", tree.toString(), "--json");
            assertTrue(restlessness.changes() > 400, "nothing changed meanwhile");
        }
        assertTrue(outcome.exit() == 0 || outcome.exit() == 3, () -> outcome.exit() + outcome.errors());
        Claims.exits(outcome.exit(), outcome);
        JsonObject summary = Cranny.summary(outcome);
        assertEquals(outcome.exit() == 3, summary.getInt("unread") > 0, summary::toString);
        Path target = realm.emptyFolder("restored");
        Claims.done(source.run("restore", summary.getString("snapshot"), "--target", target.toString()));
        Claims.restoredEqual(calm, target);
    }

    /** Root reads every file unless it gives up the rights that let it; nobody else has them. */
    private static List<String> withoutPrivileges(List<String> command) {
        if (!System.getProperty("user.name").equals("root")) {
            return command;
        }
        List<String> all = new ArrayList<>(List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search"));
        all.addAll(command);
        return all;
    }

    private long sentSince(Traffic before) {
        return realm.traffic().since(before).putBytes();
    }

    private Path big(long seed) throws IOException {
        Path tree = realm.emptyFolder("big");
        for (int i = 0; i < 8; i++) {
            Contents.noise(tree.resolve("noise-" + i), BIG / 8, seed * 100 + i);
        }
        return tree;
    }
}
