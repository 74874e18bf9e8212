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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cranny.cluster.Await;
import org.cranny.cluster.ClusterStatus;
import org.cranny.cluster.Command;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A host that is drained ends empty, one that is lost is made up for, and every snapshot restores. */
@ExtendWith(SharesRealm.class)
class DrainAndRepairIT {
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private static final long MIB = 1 << 20;
    private static final int LOST_SECONDS = 40;

    /** Central as a source of its own: the number under which daemons keep its dumps. */
    private static final long CENTRAL = 1;

    private final Realm realm;

    DrainAndRepairIT(Realm realm) {
        this.realm = realm;
    }

    @Test
    @LongForm
    void drainedHostEndsEmptyAndEverySnapshotRestoresWithoutIt() throws IOException {
        Path tree = Contents.tree(realm.emptyFolder("tree"), 300, 71);
        Cranny source = realm.source();
        String snapshot = BackupAndRestoreIT.backUp(source, tree).getString("snapshot");
        long system = system(source);
        ClusterStatus.Daemon leaving = daemonThatKeeps(system);
        long host = realm.host(leaving.name()).getJsonNumber("id").longValue();
        try {
            Command.Outcome begun = realm.admin(source, "host", "drain", String.valueOf(host), "--json");
            Claims.done(begun);
            assertEquals(
                    "DRAINING", Json.ofType(begun.output(), "host-drain").get(0).getString("state"));
            Await.until(
                    "the host keeps nothing of this source", PATIENCE, () -> kept(leaving, "fragments", system) == 0);
            Await.until("its trash is empty again", PATIENCE, () -> kept(leaving, "trash", system) == 0);
            assertWhole(system);
            Command.Outcome status = realm.admin(source, "host", "status", String.valueOf(host), "--json");
            Claims.done(status);
            JsonObject told = Json.ofType(status.output(), "host-drain").get(0);
            assertTrue(told.containsKey("bytesPerSecond") && told.containsKey("stuck"), told::toString);

            realm.cluster().killDaemon(leaving.index());
            Path target = realm.emptyFolder("restored");
            Claims.done(source.run("restore", snapshot, "--target", target.toString()));
            Claims.restoredEqual(tree, target);
            Claims.done(source.run("check"));
        } finally {
            post("/hosts/" + host + "/undrain");
        }
    }

    /** Central is told for this test alone that hosts are lost after less than a minute. */
    @Test
    @LongForm
    void lostHostIsMadeUpForWhileItIsAwayAndSoAreDumpsOfCentral() throws IOException {
        Path tree = Contents.tree(realm.emptyFolder("tree"), 300, 72);
        Cranny source = realm.source();
        String snapshot = BackupAndRestoreIT.backUp(source, tree).getString("snapshot");
        long system = system(source);
        Path settings = realm.status().central().home().resolve("central.properties");
        String before = Files.readString(settings);
        try {
            restartCentral(
                    settings,
                    before.replaceAll("(lost-[a-z-]+-seconds)=.*", "$1=" + LOST_SECONDS)
                            + "cranny.dump.interval-seconds=5\n");
            Claims.done(realm.admin(source, "dumps", "now"));
            ClusterStatus.Daemon lost = daemonThatKeeps(CENTRAL);
            long pieces = kept(lost, "fragments", CENTRAL);
            long onOthers = onOthers(lost);
            realm.cluster().killDaemon(lost.index());
            Await.until(
                    "the pieces of the dump are on as many hosts again",
                    PATIENCE,
                    () -> onOthers(lost) >= onOthers + pieces);
            Await.until("every pack has its copies again", PATIENCE, () -> isWholeWithout(lost, system));
            Path target = realm.emptyFolder("restored");
            Claims.done(source.run("restore", snapshot, "--target", target.toString()));
            Claims.restoredEqual(tree, target);
            assertTrue(Files.readString(settings.resolveSibling("dumps").resolve("rescue.txt"))
                    .contains("host "));
        } finally {
            restartCentral(settings, before);
        }
    }

    @Test
    @LongForm
    void ownerTakesRoomBackWhileABackupAndARestoreRun() throws Exception {
        Path tree = realm.emptyFolder("tree");
        Contents.noise(tree.resolve("noise"), 160 * MIB, 73);
        Cranny source = realm.source();
        Cranny other = realm.source();
        String snapshot = BackupAndRestoreIT.backUp(source, tree).getString("snapshot");
        long system = system(source);
        ClusterStatus.Daemon daemon = daemonThatKeeps(system);
        Path settings = daemon.home().resolve("daemon.properties");
        String before = Files.readString(settings);
        long wanted = bytesKept(daemon) / 2;
        long least = bytesKept(daemon) - wanted;
        try {
            CompletableFuture<Command.Outcome> reclaim =
                    CompletableFuture.supplyAsync(() -> daemon(daemon, "reclaim", String.valueOf(wanted), "--wait"));
            Path target = realm.emptyFolder("restored");
            CompletableFuture<Command.Outcome> restore =
                    CompletableFuture.supplyAsync(() -> source.run("restore", snapshot, "--target", target.toString()));
            CompletableFuture<Command.Outcome> backup =
                    CompletableFuture.supplyAsync(() -> other.run("backup", tree.toString()));
            Claims.done(restore.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            Claims.done(backup.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            Command.Outcome done = reclaim.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            Claims.done(done);
            assertTrue(done.output().contains("Done"), done::output);
            Claims.restoredEqual(tree, target);
            assertTrue(bytesKept(daemon) <= least, () -> bytesKept(daemon) + " are kept, not " + least);
            assertWhole(system);
            assertWhole(system(other));
            Path again = realm.emptyFolder("restored-again");
            Claims.done(source.run("restore", snapshot, "--target", again.toString()));
            Claims.restoredEqual(tree, again);
        } finally {
            Files.writeString(settings, before);
        }
    }

    private Command.Outcome daemon(ClusterStatus.Daemon daemon, String... words) {
        List<String> command = new ArrayList<>(
                List.of(realm.repository().resolve("bin/cranny-daemon").toString()));
        command.addAll(List.of(words));
        command.addAll(List.of("--home", daemon.home().toString()));
        return Command.run(realm.repository(), command, Map.of());
    }

    /** With what is in the trash. */
    private static long bytesKept(ClusterStatus.Daemon daemon) {
        return Stream.of("fragments", "trash")
                .map(folder -> daemon.home().resolve(folder))
                .filter(Files::isDirectory)
                .mapToLong(DrainAndRepairIT::bytes)
                .sum();
    }

    private static long bytes(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.getFileName().toString().length() == 62)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void restartCentral(Path settings, String properties) throws IOException {
        realm.cluster().killCentral();
        Files.writeString(settings, properties);
        realm.cluster().startCentral();
    }

    /** All copies that count lie on the daemons that run. */
    private boolean isWholeWithout(ClusterStatus.Daemon lost, long system) {
        List<JsonObject> counts = counts(system);
        return realm.host(lost.name()).getString("state").equals("SUSPECT")
                && realm.status().daemons().stream()
                        .allMatch(daemon -> daemon.index() == lost.index() || kept(daemon, "fragments", system) > 0)
                && counts.stream().allMatch(count -> count.getInt("copies") >= count.getInt("wanted"));
    }

    private long onOthers(ClusterStatus.Daemon lost) {
        return realm.status().daemons().stream()
                .filter(daemon -> daemon.index() != lost.index())
                .mapToLong(daemon -> kept(daemon, "fragments", CENTRAL))
                .sum();
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
