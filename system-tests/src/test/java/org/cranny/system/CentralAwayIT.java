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
@LongForm
@ExtendWith(SharesRealm.class)
class CentralAwayIT {

    private static final int COMMITS = Integer.getInteger("cranny.test.commits", 5);

    private static final long LARGE = 96L << 20;

    private final Realm realm;

    CentralAwayIT(Realm realm) {
        this.realm = realm;
    }

    @Test
    void keepsEveryAcknowledgedCommitAndStaysShutWhenItIsKilled() throws IOException {
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
        assertEquals(List.of(), openToNobody());
    }

    @Test
    void sourcesListRestoreAndFinishWhatTheyBeganAndCommitItLater() throws Exception {
        Cranny source = realm.source();
        Path tree = realm.emptyFolder("small");
        String snapshot = backUpProgram(source, tree);
        Path large = realm.emptyFolder("large");
        Contents.noise(large.resolve("noise"), LARGE, 27);
        Traffic before = realm.traffic();
        Background backup = Background.start(source.commandLine("backup", large.toString(), "--json"));
        Await.until(
                "some packs are stored",
                Duration.ofSeconds(60),
                () -> realm.traffic().since(before).putBytes() > LARGE / 4);
        realm.cluster().killCentral();
        Command.Outcome outcome = backup.end(Duration.ofMinutes(3));
        Claims.done(outcome);
        JsonObject summary = Cranny.summary(outcome);
        assertFalse(summary.getBoolean("committed"), outcome.output());

        listsAndRestores(source, snapshot, tree);

        realm.cluster().startCentral();
        assertEquals(List.of(), openToNobody());
        realm.makeWhole();
        BackupAndRestoreIT.backUp(source, large);
        List<String> kept = realm.centralsSnapshots().stream()
                .map(line -> line.getString("snapshot"))
                .toList();
        assertTrue(kept.containsAll(List.of(snapshot, summary.getString("snapshot"))), kept::toString);
        Path target = realm.emptyFolder("restored");
        Claims.done(source.run("restore", summary.getString("snapshot"), "--target", target.toString()));
        Claims.restoredEqual(large, target);
    }

    private static String backUpProgram(Cranny source, Path tree) throws IOException {
        Path program = Contents.text(tree.resolve("program"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-x--x"));
        Contents.noise(tree.resolve("noise"), 3 << 20, 9);
        return BackupAndRestoreIT.backUp(source, tree).getString("snapshot");
    }

    private void listsAndRestores(Cranny source, String snapshot, Path tree) throws IOException {
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
        assertTrue(line.contains(Files.getOwner(tree.resolve("program")).getName()), line);

        Path target = realm.emptyFolder("restored");
        Claims.done(source.run("restore", snapshot, "--target", target.toString()));
        Claims.restoredEqual(tree, target);
    }

    /** Every resource that answers a call without credentials otherwise than by a refusal. */
    private List<String> openToNobody() throws IOException {
        List<String> open = new ArrayList<>();
        for (ApiPage.Request request : ApiPage.requests(realm.repository())) {
            int status = request.sendAsNobody(realm);
            if (status != 401 && status != 403) {
                open.add(request + " answered " + status);
            }
        }
        return open;
    }
}
