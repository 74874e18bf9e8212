package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cranny.cluster.Await;
import org.cranny.cluster.ClusterException;
import org.cranny.cluster.ClusterStatus;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What rots or goes missing on hosts' disks is found though nobody asks, and made up for. */
@ExtendWith(SharesRealm.class)
class ScrubIT {
    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final int MORE_BACKUPS = 4;

    private final Realm realm;
    private final Map<Path, String> settings = new HashMap<>();
    private Path tree;
    private Cranny source;
    private String snapshot;
    private long system;

    ScrubIT(Realm realm) {
        this.realm = realm;
    }

    @BeforeEach
    void backUp() throws IOException {
        tree = Contents.tree(realm.emptyFolder("tree"), 200, 83);
        source = realm.source();
        snapshot = BackupAndRestoreIT.backUp(source, tree).getString("snapshot");
        String name = source.home().getFileName().toString();
        system = realm.administrator().json(realm.api("/systems")).asJsonArray().getValuesAs(JsonObject.class).stream()
                .filter(each -> each.getString("name").equals(name))
                .mapToLong(each -> each.getJsonNumber("number").longValue())
                .max()
                .orElseThrow();
    }

    @AfterEach
    void setBack() throws IOException {
        for (Map.Entry<Path, String> each : settings.entrySet()) {
            Files.writeString(each.getKey(), each.getValue());
        }
        for (ClusterStatus.Daemon daemon : realm.status().daemons()) {
            if (settings.containsKey(daemon.home().resolve("daemon.properties"))) {
                realm.cluster().killDaemon(daemon.index());
                realm.cluster().startDaemon(daemon.index());
            }
        }
    }

    @Test
    @LongForm
    void damageOnADiskIsFoundSetAsideAndMadeUpForWhileNobodyAsks() throws IOException {
        ClusterStatus.Daemon host = realm.status().daemons().stream()
                .filter(daemon -> !kept(daemon).isEmpty())
                .findFirst()
                .orElseThrow();
        List<Path> harmed = kept(host);
        for (int i = 0; i < harmed.size(); i++) {
            harm(i, harmed.get(i));
        }
        long aside = aside(host);
        scrubsFast(host);
        Await.until("all of it is set aside", PATIENCE, () -> aside(host) >= aside + harmed.size());
        awaitWhole();
        assertTrue(
                realm.administrator()
                        .json(realm.api("/log?limit=100"))
                        .toString()
                        .contains("copies are damaged and count no more"),
                "a row in the log");
        Claims.done(source.run("check", "--read-data"));
        restoresEqual();
    }

    /** On all disks at once, and of each pack every copy but one. */
    @Test
    @LongForm
    void aMixOfDamageOnEveryHostIsMadeUpForAsLongAsOneCopyOfEachPackIsRight() throws IOException {
        for (int i = 0; i < MORE_BACKUPS; i++) {
            Contents.noise(tree.resolve("more-" + i), 20 << 20, i);
            snapshot = BackupAndRestoreIT.backUp(source, tree).getString("snapshot");
        }
        List<ClusterStatus.Daemon> daemons = realm.status().daemons();
        Map<String, List<Path>> packs = new TreeMap<>();
        for (ClusterStatus.Daemon daemon : daemons) {
            kept(daemon).forEach(copy -> packs.computeIfAbsent(
                            copy.getParent().getFileName() + "/" + copy.getFileName(), each -> new ArrayList<>())
                    .add(copy));
        }
        Map<ClusterStatus.Daemon, Long> aside = new HashMap<>();
        daemons.forEach(daemon -> aside.put(daemon, aside(daemon)));
        int turn = 0;
        int harmed = 0;
        for (List<Path> copies : packs.values()) {
            copies.remove(turn % copies.size());
            for (Path copy : copies) {
                if (turn % 6 == 5) {
                    Files.delete(copy);
                } else {
                    harm(turn, copy);
                    harmed++;
                }
                turn++;
            }
        }
        int found = harmed;
        System.out.printf("damage: %d packs, %d copies harmed, %d deleted%n", packs.size(), harmed, turn - harmed);
        for (ClusterStatus.Daemon daemon : daemons) {
            scrubsFast(daemon);
        }
        Await.until(
                "all that is wrong is set aside",
                PATIENCE,
                () -> daemons.stream()
                                .mapToLong(daemon -> aside(daemon) - aside.get(daemon))
                                .sum()
                        >= found);
        Claims.exits(1, source.run("check", "--hosts"));
        awaitWhole();
        Claims.done(source.run("check", "--read-data"));
        restoresEqual();
    }

    @Test
    @LongForm
    void whatNoHostKeepsRightIsSentAgainByItsSource() throws IOException {
        List<ClusterStatus.Daemon> daemons = realm.status().daemons();
        Path one = daemons.stream()
                .flatMap(daemon -> kept(daemon).stream())
                .filter(Packs::holdsData)
                .findFirst()
                .orElseThrow();
        List<Path> copies = daemons.stream()
                .flatMap(daemon -> kept(daemon).stream())
                .filter(each -> each.endsWith(one.getParent().getFileName().resolve(one.getFileName())))
                .toList();
        for (Path copy : copies) {
            harm(2, copy);
        }
        for (ClusterStatus.Daemon daemon : daemons) {
            scrubsFast(daemon);
        }
        Await.until("central knows that no copy is left", PATIENCE, () -> counts().stream()
                .anyMatch(count -> count.getInt("copies") == 0));
        snapshot = BackupAndRestoreIT.backUp(source, tree).getString("snapshot");
        restoresEqual();
    }

    /** Central asks so often in this test alone. */
    @Test
    @LongForm
    void whatAHostThrewAwayIsMissedByProofs() throws IOException {
        Path properties = realm.status().central().home().resolve("central.properties");
        String before = Files.readString(properties);
        try {
            realm.cluster().killCentral();
            Files.writeString(properties, before + "cranny.proof.interval-seconds=2\ncranny.proof.per-day=172800\n");
            realm.cluster().startCentral();
            ClusterStatus.Daemon host = realm.status().daemons().stream()
                    .filter(daemon -> !kept(daemon).isEmpty())
                    .findFirst()
                    .orElseThrow();
            long number = realm.host(host.name()).getJsonNumber("id").longValue();
            Await.until("it proves what it keeps", PATIENCE, () -> proofs(number, "proved") > 0);
            assertEquals(proofs(number, "asked"), proofs(number, "proved"));
            Path gone = kept(host).get(0);
            Files.delete(gone);
            Await.until(
                    "the copy is missed, and there again",
                    PATIENCE,
                    () -> isWhole() && proofs(number, "asked") > proofs(number, "proved"));
            restoresEqual();
        } finally {
            realm.cluster().killCentral();
            Files.writeString(properties, before);
            realm.cluster().startCentral();
        }
    }

    private long proofs(long host, String which) {
        try {
            return realm.administrator()
                    .json(realm.api("/hosts/" + host + "/proofs"))
                    .asJsonObject()
                    .getJsonNumber(which)
                    .longValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void restoresEqual() {
        Path target = realm.emptyFolder("restored");
        Claims.done(source.run("restore", snapshot, "--target", target.toString()));
        Claims.restoredEqual(tree, target);
    }

    private void scrubsFast(ClusterStatus.Daemon daemon) throws IOException {
        Path file = daemon.home().resolve("daemon.properties");
        settings.put(file, Files.readString(file));
        realm.cluster().killDaemon(daemon.index());
        Files.writeString(file, settings.get(file) + "scrub-seconds=8\n");
        realm.cluster().startDaemon(daemon.index());
    }

    /** Regions, sectors, bits, a cut and zeros, in turn. */
    private static void harm(int turn, Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            long length = out.length();
            switch (turn % 5) {
                case 0 -> overwrite(out, length / 2, 65_536);
                case 1 -> overwrite(out, length / 3, 512);
                case 2 -> overwrite(out, length / 4, 1);
                case 3 -> out.setLength(length - 1_000);
                default -> {
                    out.setLength(0);
                    out.setLength(length);
                }
            }
        }
    }

    private static void overwrite(RandomAccessFile out, long at, int count) throws IOException {
        out.seek(at);
        byte[] was = new byte[(int) Math.min(count, out.length() - at)];
        out.readFully(was);
        for (int i = 0; i < was.length; i++) {
            was[i] ^= 0x55;
        }
        out.seek(at);
        out.write(was);
    }

    private List<Path> kept(ClusterStatus.Daemon daemon) {
        Path place = daemon.home().resolve("fragments").resolve(Long.toString(system));
        if (!Files.exists(place)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(place)) {
            return new ArrayList<>(
                    all.filter(file -> file.getFileName().toString().length() == 62)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long aside(ClusterStatus.Daemon daemon) {
        Path folder = daemon.home().resolve("damaged");
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitWhole() {
        try {
            Await.until("every pack has its copies again", PATIENCE, this::isWhole);
        } catch (ClusterException e) {
            throw new AssertionError(e.getMessage() + " " + counts() + "\n" + log(), e);
        }
    }

    private String log() {
        try {
            return realm.administrator().json(realm.api("/log?limit=100")).asJsonArray().stream()
                    .map(Object::toString)
                    .filter(row -> row.contains("cop"))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isWhole() {
        List<JsonObject> counts = counts();
        assertFalse(counts.isEmpty());
        return counts.stream().allMatch(count -> count.getInt("copies") >= count.getInt("wanted"));
    }

    private List<JsonObject> counts() {
        try {
            return realm.administrator()
                    .json(realm.api("/systems/" + system + "/redundancy"))
                    .asJsonArray()
                    .getValuesAs(JsonObject.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
