package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole path with real processes: what is stored, what is moved, what comes back. */
@ExtendWith(SharesRealm.class)
class BackupAndRestoreIT {

    private static final long MIB = 1 << 20;
    private static final long LARGE = Long.getLong("cranny.test.large-mib", 64) * MIB;

    private static final boolean LONG = Boolean.getBoolean("cranny.long");
    private static final int TORTURE_FILES = Integer.getInteger("cranny.test.torture-files", LONG ? 1_500 : 500);
    private static final long TORTURE_LARGE = Long.getLong("cranny.test.torture-mib", LONG ? 16 : 8) * MIB;

    private final Realm realm;

    BackupAndRestoreIT(Realm realm) {
        this.realm = realm;
    }

    @Test
    void restoresEveryOctetAndAttributeOfATortureTree() throws IOException {
        Path tree = realm.emptyFolder("torture");
        new TortureTree(TORTURE_FILES, TORTURE_LARGE, 1).make(tree);
        Cranny source = realm.source();
        String snapshot = backUp(source, tree).getString("snapshot");
        Path target = realm.emptyFolder("restored");
        Claims.done(source.run("restore", snapshot, "--target", target.toString()));
        Claims.restoredEqual(tree, target);
    }

    @Test
    @LongForm
    void keepsTwoCopiesOnDifferentHosts() {
        Path tree = Contents.tree(realm.emptyFolder("tree"), 200, 1);
        Cranny source = realm.source();
        Traffic before = realm.traffic();
        JsonObject summary = backUp(source, tree);
        assertEquals(2, summary.getInt("copies"));
        assertEquals(200, summary.getInt("files"));
        long sent = realm.traffic().since(before).putBytes();
        long stored = summary.getJsonNumber("storedBytes").longValue();
        assertEquals(2 * stored, sent, "two copies of what was stored");
        JsonObject line = Json.ofType(
                        source.run("snapshots", "--where", "--json").output(), "snapshot")
                .get(0);
        assertEquals(summary.getString("snapshot"), line.getString("snapshot"));
        assertEquals(sent, bytesOnHosts(line.getJsonArray("hosts")));
        assertEquals(
                sent, bytesOnHosts(centralsLine(summary.getString("snapshot")).getJsonArray("hosts")));
    }

    @Test
    @LongForm
    void sendsNoDataAgainWhenNothingChanged() {
        Path tree = Contents.tree(realm.emptyFolder("tree"), 100, 2);
        Cranny source = realm.source();
        backUp(source, tree);
        long before = dataPacks();
        backUp(source, tree);
        assertEquals(before, dataPacks());
    }

    @Test
    @LongForm
    void sendsFewOctetsWhenOneChangedInALargeFile() {
        Path tree = realm.emptyFolder("large");
        Path file = Contents.noise(tree.resolve("large"), LARGE, 3);
        Cranny source = realm.source();
        backUp(source, tree);
        Contents.flipBit(file, LARGE / 2 + 17);
        Traffic before = realm.traffic();
        JsonObject second = backUp(source, tree);
        long stored = second.getJsonNumber("storedBytes").longValue();
        assertTrue(stored <= 5 * MIB, () -> "stored " + stored);
        assertTrue(realm.traffic().since(before).putBytes() <= 10 * MIB);
        Path target = realm.emptyFolder("restored");
        Claims.done(source.run("restore", second.getString("snapshot"), "--target", target.toString()));
        Claims.restoredEqual(tree, target);
    }

    @Test
    @LongForm
    void readsOneCopyOnlyWhenAllHostsAreUp() {
        Path tree = realm.emptyFolder("tree");
        Contents.noise(tree.resolve("noise"), 64 * MIB, 4);
        Cranny source = realm.source();
        JsonObject summary = backUp(source, tree);
        Traffic before = realm.traffic();
        Path target = realm.emptyFolder("restored");
        Claims.done(source.run("restore", summary.getString("snapshot"), "--target", target.toString()));
        long moved = realm.traffic().since(before).getBytes();
        long stored = summary.getJsonNumber("storedBytes").longValue();
        assertTrue(moved >= 64 * MIB && moved <= stored, () -> moved + " of " + stored);
        Claims.restoredEqual(tree, target);
    }

    @Test
    @LongForm
    void movesLittleToRestoreOneSmallFile() throws IOException {
        Path tree = Contents.tree(realm.emptyFolder("tree"), 400, 5);
        Contents.noise(tree.resolve("noise"), 64 * MIB, 6);
        Path wanted = Contents.noise(Files.createDirectory(tree.resolve("deep")).resolve("wanted"), 10 << 10, 7);
        Cranny source = realm.source();
        String snapshot = backUp(source, tree).getString("snapshot");
        Traffic before = realm.traffic();
        Path target = realm.emptyFolder("restored");
        Claims.done(source.run("restore", snapshot, wanted.toString(), "--target", target.toString()));
        long moved = realm.traffic().since(before).getBytes();
        assertTrue(moved <= 2 * MIB, () -> "moved " + moved);
        assertEquals(-1, Files.mismatch(wanted, Claims.below(target, wanted)));
        assertTrue(Files.notExists(Claims.below(target, tree).resolve("noise")));
    }

    private static long bytesOnHosts(JsonArray hosts) {
        return hosts.stream()
                .mapToLong(host -> host.asJsonObject().getJsonNumber("bytes").longValue())
                .sum();
    }

    private JsonObject centralsLine(String snapshot) {
        return realm.centralsSnapshots().stream()
                .filter(line -> line.getString("snapshot").equals(snapshot))
                .findFirst()
                .orElseThrow(() -> new AssertionError("central does not list snapshot " + snapshot));
    }

    /** Fragments on all daemons whose plaintext header says that they hold file contents. */
    private long dataPacks() {
        return realm.status().daemons().stream()
                .map(Realm::fragments)
                .flatMap(List::stream)
                .filter(Packs::holdsData)
                .count();
    }

    static JsonObject backUp(Cranny source, Path tree) {
        return source.summaryOf(List.of(0), "backup", tree.toString());
    }
}
