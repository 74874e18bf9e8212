package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cranny.cluster.Await;
import org.cranny.cluster.Command;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Central may be killed at any moment and may be away for as long as it likes. */
@ExtendWith(SharesRealm.class)
class CentralAwayIT {

    private static final int COMMITS = Integer.getInteger("cranny.test.commits", 10);

    private final Realm realm;

    CentralAwayIT(Realm realm) {
        this.realm = realm;
    }

    @Test
    void keepsEveryAcknowledgedCommitWhenItIsKilled() throws IOException {
        Path tree = realm.emptyFolder("tree");
        Cranny source = realm.source();
        List<String> acknowledged = new ArrayList<>();
        for (int i = 0; i < COMMITS; i++) {
            Contents.text(tree.resolve("file"), "version " + i);
            acknowledged.add(BackupAndRestoreIT.backUp(source, tree).getString("snapshot"));
        }
        realm.cluster().killCentral();
        realm.cluster().startCentral();
        List<String> kept = realm.centralsSnapshots().stream()
                .map(line -> line.getString("snapshot"))
                .toList();
        assertTrue(kept.containsAll(acknowledged), () -> kept + " lacks some of " + acknowledged);
    }

    @Test
    void listsAndRestoresFromLocalMetadata() throws IOException {
        Path tree = realm.emptyFolder("tree");
        Path program = Contents.text(tree.resolve("program"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-x--x"));
        Contents.noise(tree.resolve("noise"), 3 << 20, 9);
        Cranny source = realm.source();
        String snapshot = BackupAndRestoreIT.backUp(source, tree).getString("snapshot");
        realm.cluster().killCentral();

        var snapshots = source.run("snapshots");
        Claims.done(snapshots);
        assertTrue(snapshots.output().contains(snapshot.substring(0, 8)), snapshots.output());

        var where = source.run("snapshots", "--where");
        Claims.done(where);
        assertTrue(where.output().contains("daemon-"), where.output());

        var listing = source.run("ls", snapshot, "-l", tree.toString());
        Claims.done(listing);
        String line = listing.output()
                .lines()
                .filter(text -> text.endsWith("program"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(listing.output()));
        assertTrue(line.contains("-rwxr-x--x"), line);
        assertTrue(line.contains(Files.getOwner(program).getName()), line);

        Path target = realm.emptyFolder("restored");
        Claims.done(source.run("restore", snapshot, "--target", target.toString()));
        Claims.restoredEqual(tree, target);
    }

    @Test
    void finishesWhatWasBegunAndCommitsItLater() throws Exception {
        Path tree = realm.emptyFolder("tree");
        Contents.noise(tree.resolve("noise"), 256L << 20, 27);
        Cranny source = realm.source();
        Traffic before = realm.traffic();
        Background backup = Background.start(source.commandLine("backup", tree.toString(), "--json"));
        Await.until(
                "some packs are stored",
                Duration.ofSeconds(60),
                () -> realm.traffic().since(before).putBytes() > 32 << 20);
        realm.cluster().killCentral();
        Command.Outcome outcome = backup.end(Duration.ofMinutes(3));
        Claims.done(outcome);
        JsonObject summary = Cranny.summary(outcome);
        assertFalse(summary.getBoolean("committed"), outcome.output());
        realm.cluster().startCentral();
        BackupAndRestoreIT.backUp(source, tree);
        assertTrue(realm.centralsSnapshots().stream()
                .anyMatch(line -> line.getString("snapshot").equals(summary.getString("snapshot"))));
        Path target = realm.emptyFolder("restored");
        Claims.done(source.run("restore", summary.getString("snapshot"), "--target", target.toString()));
        Claims.restoredEqual(tree, target);
    }

    @Test
    void refusesEveryResourceWithoutCredentialsAfterARestart() throws IOException {
        realm.cluster().killCentral();
        realm.cluster().startCentral();
        List<String> open = new ArrayList<>();
        for (ApiPage.Request request : ApiPage.requests(realm.repository())) {
            int status = request.sendAsNobody(realm);
            if (status != 401 && status != 403) {
                open.add(request + " answered " + status);
            }
        }
        assertEquals(List.of(), open);
    }
}
