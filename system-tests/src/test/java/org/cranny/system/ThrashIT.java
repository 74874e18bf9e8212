package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cranny.cluster.Await;
import org.cranny.cluster.ClusterException;
import org.cranny.cluster.ClusterStatus;
import org.cranny.cluster.Command;
import org.cranny.cluster.Cranny;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Daemons, central and two sources, and every few seconds something that goes wrong or that somebody wants. Then faults
 * stop, and soon everything is whole again. One disk a round is harmed, because more than there are copies for may be lost
 * if two are. The short form acts on the realm that others share, and harms what its own sources keep there.
 */
@ExtendWith(SharesRealm.class)
class ThrashIT {
    private static final boolean LONG = Boolean.getBoolean("cranny.long");
    private static final int DAEMONS = LONG ? 8 : Realm.DAEMONS;
    private static final int MOST_DOWN = LONG ? 3 : 1;
    private static final int SOURCES = 2;
    private static final int KEPT = 4;
    private static final Duration ROUND = Duration.ofSeconds(Long.getLong("cranny.thrash.round", 300));
    private static final Duration THRASH = Duration.ofSeconds(Long.getLong("cranny.thrash.seconds", LONG ? 3_600 : 90));
    private static final Duration WHOLE_AGAIN = Duration.ofMinutes(6);
    private static final String HASTE_OF_CENTRAL = "cranny.proof.interval-seconds=5\n";
    private static final String HASTE_OF_A_DAEMON = "scrub-seconds=15\n";
    private static final int LOST_SECONDS = 40;

    private final long seed = Long.getLong("cranny.thrash.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Realm realm;
    private final ExecutorService operator = Executors.newSingleThreadExecutor();
    private final List<Machine> machines = new ArrayList<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final AtomicInteger harmed = new AtomicInteger();
    private final TreeSet<Integer> down = new TreeSet<>();
    private final TreeSet<Integer> stopped = new TreeSet<>();
    private final List<Future<?>> work = new ArrayList<>();
    private Future<?> operation;
    private long began;

    ThrashIT(Realm shared) {
        realm = LONG ? new Realm("127.0.0.1", Realm.PORT_BASE + 500, DAEMONS) : shared;
    }

    /** A source, what it was told to be done, and what it does now. */
    private final class Machine {
        final Cranny cranny = realm.source();
        final long system = system(cranny);
        final Path trees = realm.emptyFolder("trees");
        final Map<String, Path> done = new TreeMap<>();
        final ExecutorService hands = Executors.newSingleThreadExecutor();
        Path newest;
        Future<?> busy;
        int version;

        boolean idle() {
            return busy == null || busy.isDone();
        }

        /** Some files of the version before, and some new ones. */
        Path change(long seed) throws IOException {
            Path tree = trees.resolve("version-" + ++version);
            if (newest != null) {
                Claims.done(Command.run(trees, List.of("cp", "-a", newest.toString(), tree.toString()), Map.of()));
            }
            Files.createDirectories(tree);
            Contents.tree(tree, 20 + (int) Math.floorMod(seed, 20), seed);
            Contents.noise(tree.resolve("noise-" + version % 3), 6 << 20, seed);
            newest = tree;
            return tree;
        }

        void backUp(Path tree) {
            Command.Outcome outcome = cranny.run("backup", tree.toString(), "--json");
            List<JsonObject> late = Json.ofType(outcome.output(), "late-snapshot");
            for (JsonObject each : late) {
                Path was = done.remove(each.getString("snapshot"));
                if (each.getString("outcome").equals("COMMITTED")) {
                    done.put(each.getString("now"), was);
                } else if (was != null) {
                    say("a snapshot that was made without central: %s", each);
                    if (each.getString("outcome").equals("WAITS")) {
                        done.put(each.getString("snapshot"), was);
                    }
                }
            }
            if (outcome.exit() == 0) {
                Claims.done(outcome);
                done.put(Cranny.summary(outcome).getString("snapshot"), tree);
                count(Cranny.summary(outcome).getBoolean("committed") ? "backup done" : "backup done without central");
            } else {
                Claims.refusesInOneLine(outcome.exit(), outcome);
                count("backup not done");
                say("backup of %s: exit %d %s", cranny.home().getFileName(), outcome.exit(), last(outcome));
            }
        }

        void restore(String snapshot, Path tree) {
            Path target = realm.emptyFolder("restored");
            Command.Outcome outcome = cranny.run("restore", snapshot, "--target", target.toString());
            if (outcome.exit() == 0) {
                Claims.done(outcome);
                Claims.restoredEqual(tree, target);
                count("restore done");
            } else {
                Claims.refusesInOneLine(outcome.exit(), outcome);
                count("restore not done");
                say("restore of %s: exit %d %s", cranny.home().getFileName(), outcome.exit(), last(outcome));
            }
            Command.run(target, List.of("rm", "-rf", target.toString()), Map.of());
        }

        List<String> listed() {
            Command.Outcome outcome = cranny.run("snapshots", "--json");
            Claims.done(outcome);
            return Json.ofType(outcome.output(), "snapshot").stream()
                    .map(each -> each.getString("snapshot"))
                    .toList();
        }
    }

    @AfterEach
    void end() {
        for (int index : stopped) {
            signal("CONT", realm.status().daemon(index).pid());
        }
        machines.forEach(each -> each.hands.shutdownNow());
        operator.shutdownNow();
        if (LONG) {
            realm.close();
        }
    }

    @Test
    void whenFaultsStopEverythingIsWholeSoonAgain() throws Exception {
        began = System.nanoTime();
        say("seed %d, %d s", seed, THRASH.toSeconds());
        if (LONG) {
            realm.makeWhole();
            hasten();
        }
        say("%d daemons and central run after %d s", DAEMONS, seconds());
        for (int i = 0; i < SOURCES; i++) {
            Machine machine = new Machine();
            machines.add(machine);
            Path policy = Contents.text(
                    realm.emptyFolder("policy").resolve("policy.json"), "{\"retention\": {\"last\": " + KEPT + "}}");
            Claims.done(realm.admin(
                    machine.cranny, "policy", "set", "system", Long.toString(machine.system), policy.toString()));
            machine.backUp(machine.change(random.nextLong()));
            assertEquals(1, machine.done.size());
        }
        long thrashed = 0;
        while (thrashed < THRASH.toNanos()) {
            long from = System.nanoTime();
            round(Math.min(ROUND.toNanos(), THRASH.toNanos() - thrashed));
            thrashed += System.nanoTime() - from;
            becomesWhole();
        }
        say("%s", counts);
    }

    private void hasten() throws IOException {
        Path settings = realm.status().central().home().resolve("central.properties");
        Files.writeString(
                settings,
                Files.readString(settings).replaceAll("(lost-[a-z-]+-seconds)=.*", "$1=" + LOST_SECONDS)
                        + HASTE_OF_CENTRAL);
        for (ClusterStatus.Daemon daemon : realm.status().daemons()) {
            Files.writeString(daemon.home().resolve("daemon.properties"), HASTE_OF_A_DAEMON, StandardOpenOption.APPEND);
        }
        realm.cluster().killCentral();
        realm.cluster().startCentral();
    }

    private void round(long nanos) throws Exception {
        int victim = keeper();
        say("the disk of daemon-%d is harmed in this round", victim);
        int before = harmed.get();
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() < until) {
            act(random.nextInt(14), victim);
            passes(Duration.ofMillis(2_000 + random.nextInt(3_000)));
        }
        operator.submit(() -> {}).get();
        if (harmed.get() == before) {
            rot(victim, random.nextLong());
        }
        say("%d fragments of daemon-%d were lost or changed", harmed.get() - before, victim);
        assertTrue(harmed.get() > before, "the harmed disk kept nothing");
    }

    /** A daemon whose disk keeps something. */
    private int keeper() {
        List<Integer> keepers = IntStream.rangeClosed(1, DAEMONS)
                .filter(index -> !fragments(index).isEmpty())
                .boxed()
                .toList();
        return keepers.get(random.nextInt(keepers.size()));
    }

    private void act(int which, int victim) throws IOException {
        int index = 1 + random.nextInt(DAEMONS);
        Machine machine = machines.get(random.nextInt(SOURCES));
        long draw = random.nextLong();
        switch (which) {
            case 0, 1 -> kill(index);
            case 2, 3 -> start();
            case 4 -> stop(index);
            case 5 -> goOn();
            case 6 -> loseDisk(victim);
            case 7 -> rot(victim, draw);
            case 8 -> restartCentral();
            case 9, 10, 11 -> backUp(machine, draw);
            case 12 -> restore(machine, draw);
            default -> forget(machine);
        }
    }

    private void kill(int index) {
        if (down.size() + stopped.size() < MOST_DOWN && !down.contains(index) && !stopped.contains(index)) {
            count("kill a daemon");
            say("kill daemon-%d", index);
            down.add(index);
            operate(() -> realm.cluster().killDaemon(index));
        }
    }

    private void start() {
        if (!down.isEmpty()) {
            int index = down.first();
            count("start a daemon");
            say("start daemon-%d", index);
            down.remove(index);
            operate(() -> realm.cluster().startDaemon(index));
        }
    }

    private void stop(int index) {
        if (down.size() + stopped.size() < MOST_DOWN && !down.contains(index) && !stopped.contains(index)) {
            long pid = realm.status().daemon(index).pid();
            if (pid != 0 && operatorRests()) {
                count("stop a daemon");
                say("stop daemon-%d", index);
                stopped.add(index);
                signal("STOP", pid);
            }
        }
    }

    private void goOn() {
        if (!stopped.isEmpty()) {
            int index = stopped.first();
            say("daemon-%d goes on", index);
            stopped.remove(index);
            signal("CONT", realm.status().daemon(index).pid());
        }
    }

    private void loseDisk(int victim) {
        if (!down.contains(victim) && !stopped.contains(victim) && down.size() + stopped.size() < MOST_DOWN) {
            count("lose a disk");
            say("daemon-%d loses its disk", victim);
            operate(() -> {
                realm.cluster().killDaemon(victim);
                for (Path each : fragments(victim)) {
                    delete(each);
                    harmed.incrementAndGet();
                }
                realm.cluster().startDaemon(victim);
            });
        }
    }

    private void rot(int victim, long draw) throws IOException {
        Random drawn = new Random(draw);
        int rotten = 0;
        for (Path each : fragments(victim)) {
            if ((rotten == 0 || drawn.nextInt(3) == 0) && rot(each, drawn)) {
                rotten++;
            }
        }
        harmed.addAndGet(rotten);
        count("rot");
        say("%d fragments of daemon-%d rot", rotten, victim);
    }

    private static boolean rot(Path file, Random drawn) {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
                long at = Math.floorMod(drawn.nextLong(), out.length());
                out.seek(at);
                int was = out.read();
                out.seek(at);
                out.write(was ^ 0x55);
            }
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    private void restartCentral() {
        if (operatorRests()) {
            count("restart central");
            say("restart central");
            operate(() -> {
                realm.cluster().killCentral();
                realm.cluster().startCentral();
            });
        }
    }

    private void backUp(Machine machine, long draw) throws IOException {
        if (machine.idle()) {
            Path tree = machine.change(draw);
            machine.busy = machine.hands.submit(() -> machine.backUp(tree));
            work.add(machine.busy);
        }
    }

    private void restore(Machine machine, long draw) {
        if (machine.idle()) {
            machine.busy = machine.hands.submit(() -> {
                List<String> known = machine.listed().stream()
                        .filter(machine.done::containsKey)
                        .toList();
                if (!known.isEmpty()) {
                    String one = known.get(Math.floorMod(draw, known.size()));
                    machine.restore(one, machine.done.get(one));
                }
            });
            work.add(machine.busy);
        }
    }

    private void forget(Machine machine) {
        if (machine.idle()) {
            machine.busy = machine.hands.submit(() -> {
                Command.Outcome outcome =
                        realm.admin(machine.cranny, "retention", "run", Long.toString(machine.system));
                count(outcome.exit() == 0 ? "forget" : "forget not done");
            });
            work.add(machine.busy);
        }
    }

    private void becomesWhole() throws Exception {
        say("faults stop: %s", counts);
        while (!stopped.isEmpty()) {
            goOn();
        }
        down.clear();
        long from = System.nanoTime();
        operator.submit(() -> {}).get();
        for (Future<?> each : work) {
            each.get(WHOLE_AGAIN.toSeconds(), TimeUnit.SECONDS);
        }
        work.clear();
        try {
            realm.makeWhole();
        } catch (ClusterException notAllTakeFragments) {
            say("%s", realm.admin(machines.get(0).cranny, "alerts"));
            throw notAllTakeFragments;
        }
        say(
                "everything runs again after %d s",
                Duration.ofNanos(System.nanoTime() - from).toSeconds());
        for (Machine machine : machines) {
            int done = backups();
            machine.backUp(machine.change(random.nextLong()));
            assertTrue(backups() > done, "central has what was backed up while it was away");
            awaitWith(machine, "central knows of enough copies", () -> counted(machine));
            awaitWith(
                    machine,
                    "every copy is right",
                    () -> machine.cranny
                                    .run("check", "--read-data", "--every-copy")
                                    .exit()
                            == 0);
        }
        say("whole again after %d s", Duration.ofNanos(System.nanoTime() - from).toSeconds());
        assertTrue(System.nanoTime() - from < WHOLE_AGAIN.toNanos());
        for (Machine machine : machines) {
            machine.backUp(machine.change(random.nextLong()));
            List<String> listed = machine.listed();
            assertTrue(
                    listed.size() >= Math.min(KEPT, machine.done.size()),
                    () -> listed + " of " + machine.done.keySet());
            int before = counts.getOrDefault("restore done", 0);
            int known = 0;
            for (String each : listed) {
                if (machine.done.containsKey(each)) {
                    machine.restore(each, machine.done.get(each));
                    known++;
                } else {
                    Claims.done(machine.cranny.run(
                            "restore",
                            each,
                            "--target",
                            realm.emptyFolder("restored").toString()));
                }
            }
            assertEquals(before + known, counts.get("restore done"), "every snapshot comes back");
            say(
                    "%s: %d snapshots come back, %d of them compared",
                    machine.cranny.home().getFileName(), listed.size(), known);
        }
    }

    private int backups() {
        return counts.getOrDefault("backup done", 0);
    }

    private void awaitWith(Machine machine, String what, BooleanSupplier condition) {
        try {
            Await.until(what, WHOLE_AGAIN, condition);
        } catch (RuntimeException e) {
            Command.Outcome check = machine.cranny.run("check", "--read-data", "--every-copy");
            throw new AssertionError(
                    e.getMessage() + " seed " + seed + " " + redundancy(machine) + "\n" + check.output()
                            + check.errors(),
                    e);
        }
    }

    private boolean counted(Machine machine) {
        return redundancy(machine).stream().allMatch(each -> each.getInt("copies") >= each.getInt("wanted"));
    }

    private List<JsonObject> redundancy(Machine machine) {
        return json("/systems/" + machine.system + "/redundancy");
    }

    private List<JsonObject> json(String path) {
        try {
            return realm.administrator().json(realm.api(path)).asJsonArray().getValuesAs(JsonObject.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long system(Cranny source) {
        String name = source.home().getFileName().toString();
        return json("/systems").stream()
                .filter(each -> each.getString("name").equals(name))
                .mapToLong(each -> each.getJsonNumber("number").longValue())
                .max()
                .orElseThrow();
    }

    /** What may be harmed on a daemon's disk. */
    private List<Path> fragments(int index) {
        Path all = realm.status().daemon(index).home().resolve("fragments");
        return LONG
                ? below(all)
                : machines.stream()
                        .flatMap(each -> below(all.resolve(Long.toString(each.system))).stream())
                        .toList();
    }

    private static List<Path> below(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.getFileName().toString().length() == 62)
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException changing) {
            return List.of();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void operate(Runnable act) {
        operation = operator.submit(act);
        work.add(operation);
    }

    private boolean operatorRests() {
        return operation == null || operation.isDone();
    }

    private static void signal(String name, long pid) {
        if (pid != 0) {
            Command.run(Path.of("/"), List.of("kill", "-" + name, Long.toString(pid)), Map.of());
        }
    }

    private synchronized void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    private static String last(Command.Outcome outcome) {
        return outcome.errors().lines().reduce("", (before, line) -> line);
    }

    private static void passes(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        Await.until("time passes", time.plusSeconds(30), () -> System.nanoTime() > until);
    }

    private long seconds() {
        return Duration.ofNanos(System.nanoTime() - began).toSeconds();
    }

    private void say(String text, Object... values) {
        System.out.printf(Locale.ROOT, "thrash %4d s: " + text + "%n", prepend(seconds(), values));
    }

    private static Object[] prepend(long seconds, Object... values) {
        List<Object> all = new ArrayList<>(List.of(seconds));
        all.addAll(List.of(values));
        return all.toArray();
    }
}
