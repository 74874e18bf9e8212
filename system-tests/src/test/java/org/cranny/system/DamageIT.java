package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cranny.cluster.ClusterStatus;
import org.cranny.cluster.Command;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Damage on a host's disk is found, named with its host, and harms no restore. */
@ExtendWith(SharesRealm.class)
class DamageIT {

    private final Realm realm;
    private Path tree;
    private Cranny source;
    private String snapshot;
    private ClusterStatus.Daemon host;
    private Path fragment;

    DamageIT(Realm realm) {
        this.realm = realm;
    }

    @BeforeEach
    void backUp() {
        tree = Contents.tree(realm.emptyFolder("tree"), 100, 8);
        List<List<Path>> before =
                realm.status().daemons().stream().map(Realm::fragments).toList();
        source = realm.source();
        snapshot = BackupAndRestoreIT.backUp(source, tree).getString("snapshot");
        List<ClusterStatus.Daemon> daemons = realm.status().daemons();
        for (ClusterStatus.Daemon daemon : daemons) {
            for (Path stored : Realm.fragments(daemon)) {
                if (!before.get(daemon.index() - 1).contains(stored) && Packs.holdsData(stored)) {
                    host = daemon;
                    fragment = stored;
                }
            }
        }
    }

    @Test
    @LongForm
    void findsAFlippedBitAndNamesItsHost() throws IOException {
        Claims.done(source.run("check", "--read-data"));
        Contents.flipBit(fragment, Files.size(fragment) / 3);
        namesTheHost(source.run("check", "--read-data", "--json"));
        restoresStill();
    }

    @Test
    @LongForm
    void findsADeletedFragmentWithoutReadingData() throws IOException {
        Claims.done(source.run("check"));
        Files.delete(fragment);
        namesTheHost(source.run("check", "--json"));
        restoresStill();
    }

    @Test
    @LongForm
    void findsATruncatedFragmentWithoutReadingData() throws IOException {
        Files.write(fragment, java.util.Arrays.copyOf(Files.readAllBytes(fragment), 70_000));
        namesTheHost(source.run("check", "--json"));
        restoresStill();
    }

    private void namesTheHost(Command.Outcome outcome) {
        Claims.exits(1, outcome);
        JsonArray findings = Cranny.summary(outcome).getJsonArray("findings");
        assertEquals(1, findings.size(), findings::toString);
        assertEquals(host.name(), findings.getJsonObject(0).getString("hostName"));
        assertTrue(findings.getJsonObject(0).getBoolean("damage"), findings::toString);
    }

    private void restoresStill() {
        Path target = realm.emptyFolder("restored");
        Claims.done(source.run("restore", snapshot, "--target", target.toString()));
        Claims.restoredEqual(tree, target);
    }
}
