package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.cranny.cluster.Await;
import org.cranny.cluster.Caller;
import org.cranny.cluster.ClusterStatus;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Wrong input gets one clear line and a documented exit code, and changes nothing. */
@ExtendWith(SharesRealm.class)
class BadInputIT {

    private final Realm realm;
    private final ClusterStatus cluster;

    BadInputIT(Realm realm) {
        this.realm = realm;
        this.cluster = realm.status();
    }

    @Test
    @LongForm
    void refusesAnUnknownToken() {
        Cranny stranger = realm.stranger();
        Claims.refusesInOneLine(1, enroll(stranger, "no-such-token", cluster.caFingerprint()), "token");
        assertFalse(stranger.enrolled());
    }

    @Test
    void refusesATokenThatIsUsedUp() throws IOException {
        String once = token("{\"roles\":[\"source\"],\"uses\":1,\"validSeconds\":600}");
        Claims.done(enroll(realm.stranger(), once, cluster.caFingerprint()));
        Claims.refusesInOneLine(1, enroll(realm.stranger(), once, cluster.caFingerprint()), "token");
    }

    @Test
    @LongForm
    void refusesATokenThatIsTooOld() throws IOException {
        Instant made = Instant.now();
        String brief = token("{\"roles\":[\"source\"],\"uses\":1,\"validSeconds\":1}");
        Await.until("the token's second passes", Duration.ofSeconds(5), () -> Instant.now()
                .isAfter(made.plusSeconds(3)));
        Cranny stranger = realm.stranger();
        Claims.refusesInOneLine(1, enroll(stranger, brief, cluster.caFingerprint()), "token", "too old");
        assertFalse(stranger.enrolled());
    }

    @Test
    void refusesAnotherAuthority() {
        String wrong = "0".repeat(64);
        Cranny stranger = realm.stranger();
        Claims.refusesInOneLine(1, enroll(stranger, cluster.token(), wrong), "fingerprint");
        assertFalse(stranger.enrolled());
    }

    @Test
    @LongForm
    void refusesWrongUse() {
        assertEquals(2, realm.stranger().run("backup").exit());
        assertEquals(2, realm.stranger().run("no-such-command").exit());
        assertEquals(2, realm.stranger().run("restore", "--no-such-option").exit());
    }

    @Test
    @LongForm
    void refusesToBackUpBeforeEnrolling() {
        Path tree = Contents.tree(realm.emptyFolder("tree"), 1, 10);
        Claims.refusesInOneLine(1, realm.stranger().run("backup", tree.toString()), "enroll");
    }

    @Test
    @LongForm
    void refusesAPathThatDoesNotExist() {
        Claims.refusesInOneLine(1, realm.source().run("backup", "/no/such/folder"), "/no/such/folder");
    }

    @Test
    @LongForm
    void refusesAnUnknownSnapshot() {
        Path target = realm.emptyFolder("restored");
        Claims.refusesInOneLine(
                1, realm.source().run("restore", "0123456789", "--target", target.toString()), "0123456789");
    }

    @Test
    @LongForm
    void refusesAFolderThatIsNotEmptyUnlessAsked() throws IOException {
        Path tree = Contents.tree(realm.emptyFolder("tree"), 5, 11);
        Cranny source = realm.source();
        String snapshot = BackupAndRestoreIT.backUp(source, tree).getString("snapshot");
        Path target = realm.emptyFolder("restored");
        Path mine = Contents.text(target.resolve("mine"), "mine");
        Claims.refusesInOneLine(
                1, source.run("restore", snapshot, "--target", target.toString()), "not empty", "--overwrite");
        assertEquals("mine", Files.readString(mine));
        Claims.done(source.run("restore", snapshot, "--target", target.toString(), "--overwrite"));
        assertEquals("mine", Files.readString(mine));
        Claims.restoredEqual(tree, target);
    }

    @Test
    @LongForm
    void writesNothingOnADryRun() {
        Path tree = Contents.tree(realm.emptyFolder("tree"), 20, 13);
        Cranny source = realm.source();
        Traffic before = realm.traffic();
        Claims.done(source.run("backup", "--dry-run", tree.toString()));
        assertEquals(0, realm.traffic().since(before).putBytes());
        assertTrue(source.run("snapshots").output().lines().noneMatch(line -> line.contains(tree.toString())));
    }

    private org.cranny.cluster.Command.Outcome enroll(Cranny who, String token, String fingerprint) {
        return who.run(
                "enroll", cluster.central().url(), "--token", token, "--ca-fingerprint", fingerprint, "--name", "x");
    }

    private String token(String request) throws IOException {
        return Caller.body(realm.administrator().post(realm.api("/tokens"), request))
                .asJsonObject()
                .getString("token");
    }
}
