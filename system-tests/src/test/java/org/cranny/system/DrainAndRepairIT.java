package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.cranny.cluster.Await;
import org.cranny.cluster.ClusterStatus;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A host that is drained ends empty, one that is lost is made up for, and every snapshot restores. */
@ExtendWith(SharesRealm.class)
class DrainAndRepairIT {
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    /** As the cluster is told; long, so that no other test sees copies that it did not ask for. */
    private static final Duration LOST = Duration.ofMinutes(22);

    private final Realm realm;

    DrainAndRepairIT(Realm realm) {
        this.realm = realm;
    }

    @Test
    void drainedHostEndsEmptyAndEverySnapshotRestoresWithoutIt() throws IOException {
        Path tree = Contents.tree(realm.emptyFolder("tree"), 300, 71);
        Cranny source = realm.source();
        String snapshot = BackupAndRestoreIT.backUp(source, tree).getString("snapshot");
        long system = system(source);
        ClusterStatus.Daemon leaving = daemonThatKeeps(system);
        long host = realm.host(leaving.name()).getJsonNumber("id").longValue();
        try {
            JsonObject begun = post("/hosts/" + host + "/drain");
            assertEquals("DRAINING", begun.getString("state"));
            Await.until(
                    "the host keeps nothing of this source", PATIENCE, () -> kept(leaving, "fragments", system) == 0);
            Await.until("its trash is empty again", PATIENCE, () -> kept(leaving, "trash", system) == 0);
            assertWhole(system);

            realm.cluster().killDaemon(leaving.index());
            Path target = realm.emptyFolder("restored");
            Claims.done(source.run("restore", snapshot, "--target", target.toString()));
            Claims.restoredEqual(tree, target);
            Claims.done(source.run("check"));
        } finally {
            post("/hosts/" + host + "/undrain");
        }
    }

    @Test
    @LongForm
    void lostHostIsMadeUpForWhileItIsAway() throws IOException {
        Path tree = Contents.tree(realm.emptyFolder("tree"), 300, 72);
        Cranny source = realm.source();
        String snapshot = BackupAndRestoreIT.backUp(source, tree).getString("snapshot");
        long system = system(source);
        ClusterStatus.Daemon lost = daemonThatKeeps(system);
        realm.cluster().killDaemon(lost.index());
        Await.until("a copy counts no more", LOST, () -> counts(system).stream()
                .anyMatch(count -> count.getInt("copies") < count.getInt("wanted")));
        Await.until("every pack has its copies again", PATIENCE, () -> counts(system).stream()
                .allMatch(count -> count.getInt("copies") >= count.getInt("wanted")));
        for (ClusterStatus.Daemon daemon : realm.status().daemons()) {
            assertTrue(daemon.index() == lost.index() || kept(daemon, "fragments", system) > 0);
        }
        Path target = realm.emptyFolder("restored");
        Claims.done(source.run("restore", snapshot, "--target", target.toString()));
        Claims.restoredEqual(tree, target);
    }

    private ClusterStatus.Daemon daemonThatKeeps(long system) {
        return realm.status().daemons().stream()
                .filter(daemon -> kept(daemon, "fragments", system) > 0)
                .findFirst()
                .orElseThrow();
    }

    private void assertWhole(long system) {
        List<JsonObject> counts = counts(system);
        assertFalse(counts.isEmpty());
        for (JsonObject count : counts) {
            assertTrue(count.getInt("copies") >= count.getInt("wanted"), count::toString);
        }
    }

    private List<JsonObject> counts(long system) {
        try {
            return realm.administrator()
                    .json(realm.api("/systems/" + system + "/redundancy"))
                    .asJsonArray()
                    .getValuesAs(JsonObject.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonObject post(String path) throws IOException {
        return Json.object(realm.administrator().post(realm.api(path), "{}").body());
    }

    private long system(Cranny source) throws IOException {
        String name = source.home().getFileName().toString();
        return realm.administrator().json(realm.api("/systems")).asJsonArray().getValuesAs(JsonObject.class).stream()
                .filter(system -> system.getString("name").equals(name))
                .mapToLong(system -> system.getJsonNumber("number").longValue())
                .max()
                .orElseThrow();
    }

    private static long kept(ClusterStatus.Daemon daemon, String folder, long system) {
        Path place = daemon.home().resolve(folder).resolve(Long.toString(system));
        if (!Files.exists(place)) {
            return 0;
        }
        try (Stream<Path> all = Files.walk(place)) {
            return all.filter(file -> file.getFileName().toString().length() == 62)
                    .count();
        } catch (IOException | UncheckedIOException e) {
            return -1;
        }
    }
}
