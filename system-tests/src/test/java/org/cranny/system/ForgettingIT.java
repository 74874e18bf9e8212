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
import org.cranny.cluster.Command;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What only a forgotten snapshot needed leaves the hosts' disks, and what a kept one needs stays. */
@ExtendWith(SharesRealm.class)
@LongForm
class ForgettingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final long MIB = 1 << 20;

    /** So many that nothing is forgotten while it is looked at. */
    private static final int MANY = 10;

    /** Two whole packs at least hold nothing else: it comes first, and a pack ends between 16 and 28 MiB. */
    private static final long GOES = 60 * MIB;

    private static final long ONLY_FORGOTTEN = 32 * MIB;

    private final Realm realm;

    ForgettingIT(Realm realm) {
        this.realm = realm;
    }

    @Test
    void whatOnlyAForgottenSnapshotNeededLeavesTheHostsAndTheOthersStayWhole() throws IOException {
        Path tree = Contents.tree(realm.emptyFolder("tree"), 40, 91);
        Contents.noise(tree.resolve("a-goes"), GOES, 92);
        Cranny source = realm.source();
        String first = BackupAndRestoreIT.backUp(source, tree).getString("snapshot");
        Files.delete(tree.resolve("a-goes"));
        Contents.noise(tree.resolve("comes"), 3 * MIB, 93);
        String second = BackupAndRestoreIT.backUp(source, tree).getString("snapshot");
        String system = Long.toString(number(source));
        long before = octets(system);

        Claims.done(realm.admin(source, "retention", "hold", system, "2", "--reason", "test"));
        keepsTheLast(1, source, system);
        Claims.done(realm.admin(source, "retention", "run", system));
        BackupAndRestoreIT.backUp(source, tree);
        Await.until(
                "two copies of what only the first snapshot needed are deleted",
                PATIENCE,
                () -> octets(system) <= before - 2 * ONLY_FORGOTTEN);

        Claims.done(source.run("check", "--read-data"));
        Claims.refusesInOneLine(
                1,
                source.run(
                        "restore", first, "--target", realm.emptyFolder("none").toString()),
                "forgotten");
        restores(source, second, tree);
        keepsTheLast(MANY, source, system);
        Contents.noise(tree.resolve("a-goes"), GOES, 92);
        JsonObject again = BackupAndRestoreIT.backUp(source, tree);
        assertTrue(again.getJsonNumber("storedBytes").longValue() >= ONLY_FORGOTTEN, again::toString);
        restores(source, again.getString("snapshot"), tree);
        Claims.done(source.run("check", "--read-data"));
        keepsTheLast(1, source, system);
        Claims.done(realm.admin(source, "retention", "run", system));
        assertEquals(3, listed(source.run("snapshots", "--json")).size());
        assertEquals(4, listed(source.run("snapshots", "--forgotten", "--json")).size());
        assertEquals(
                2, listed(realm.admin(source, "snapshots", system, "--json")).size());
        Claims.refusesInOneLine(
                1,
                source.run(
                        "restore", first, "--target", realm.emptyFolder("none").toString()),
                "forgotten");
    }

    @Test
    void snapshotsMadeWhileCentralWasAwayAreCommittedThoughWhatTheyNeedWasGivenUpMeanwhile() throws IOException {
        Path tree = realm.emptyFolder("late-tree");
        Contents.noise(tree.resolve("a-goes"), GOES, 94);
        Cranny source = realm.source();
        BackupAndRestoreIT.backUp(source, tree);
        Files.delete(tree.resolve("a-goes"));
        Contents.noise(tree.resolve("comes"), MIB, 95);
        BackupAndRestoreIT.backUp(source, tree);
        String system = Long.toString(number(source));
        long before = octets(system);
        Contents.noise(tree.resolve("a-goes"), GOES, 94);
        JsonObject late = withoutCentral(source, tree);
        assertFalse(late.getBoolean("committed"), late::toString);
        assertTrue(octets(system) - before < ONLY_FORGOTTEN, "what hosts have already is not sent again: " + late);
        Contents.text(tree.resolve("two"), "of the second that waits");
        JsonObject later = withoutCentral(source, tree);

        keepsTheLast(1, source, system);
        Claims.done(realm.admin(source, "retention", "run", system));
        Await.until(
                "what only the first snapshot needed is deleted",
                PATIENCE,
                () -> octets(system) <= before - 2 * ONLY_FORGOTTEN);

        keepsTheLast(MANY, source, system);
        Command.Outcome next = source.run("backup", tree.toString(), "--json");
        Claims.done(next);
        assertTrue(Cranny.summary(next).getBoolean("committed"), next::output);
        List<JsonObject> told = Json.ofType(next.output(), "late-snapshot");
        assertEquals(
                List.of(late.getString("snapshot"), later.getString("snapshot")),
                told.stream().map(each -> each.getString("snapshot")).toList(),
                next::output);
        for (JsonObject each : told) {
            assertEquals("COMMITTED", each.getString("outcome"), next::output);
            restores(source, each.getString("now"));
        }
        assertEquals(5, listed(source.run("snapshots", "--forgotten", "--json")).size());
        Claims.done(source.run("check"));
    }

    private void keepsTheLast(int snapshots, Cranny source, String system) throws IOException {
        Path policy = Contents.text(
                realm.emptyFolder("policy").resolve("policy.json"), "{\"retention\": {\"last\": " + snapshots + "}}");
        Claims.done(realm.admin(source, "policy", "set", "system", system, policy.toString()));
    }

    /** As if central could not be reached from this machine alone. */
    private static JsonObject withoutCentral(Cranny source, Path tree) throws IOException {
        Path config = source.home().resolve("config.json");
        String right = Files.readString(config);
        Files.writeString(config, right.replaceAll("(https://[^\"/]+):[0-9]+", "$1:1"));
        try {
            return source.summaryOf(List.of(0), "backup", tree.toString());
        } finally {
            Files.writeString(config, right);
        }
    }

    private void restores(Cranny source, String snapshot) {
        Path target = realm.emptyFolder("restored");
        Claims.done(source.run("restore", snapshot, "--target", target.toString()));
    }

    private void restores(Cranny source, String snapshot, Path tree) {
        Path target = realm.emptyFolder("restored");
        Claims.done(source.run("restore", snapshot, "--target", target.toString()));
        Claims.restoredEqual(tree, target);
    }

    private static List<JsonObject> listed(Command.Outcome outcome) {
        Claims.done(outcome);
        return Json.ofType(outcome.output(), "snapshot");
    }

    /** What the daemons' disks hold of a system, the trash too. */
    private long octets(String system) {
        long sum = 0;
        for (ClusterStatus.Daemon daemon : realm.status().daemons()) {
            for (String folder : List.of("fragments", "trash")) {
                sum += octets(daemon.home().resolve(folder).resolve(system));
            }
        }
        return sum;
    }

    private static long octets(Path folder) {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.mapToLong(file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            return Long.MAX_VALUE;
        }
    }

    private long number(Cranny source) throws IOException {
        String name = source.home().getFileName().toString();
        return realm.administrator().json(realm.api("/systems")).asJsonArray().getValuesAs(JsonObject.class).stream()
                .filter(system -> system.getString("name").equals(name))
                .mapToLong(system -> system.getJsonNumber("number").longValue())
                .max()
                .orElseThrow();
    }
}
