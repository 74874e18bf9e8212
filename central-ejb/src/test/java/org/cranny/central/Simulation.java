package org.cranny.central;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cranny.central.policy.Scope;
import org.cranny.central.snapshot.SnapshotSummary;
import org.cranny.central.system.HostStatus;
import org.cranny.engine.transfer.TransferException;
import org.cranny.engine.transfer.TransferException.Reason;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.heartbeat.Damage;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.receipt.Receipt;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.snapshot.Held;
import org.cranny.protocol.snapshot.Placement;

/**
 * A whole realm in one process: the real engine of two sources, the real facades of central on a real database, hosts that
 * keep fragments in memory, and a clock that is put forward. A seed draws what happens next: backups that break off
 * anywhere, hosts that go, come back, lose their disks or some octets, restarts of central, repair, forgetting and pruning.
 * What must always hold is looked at after every step. A seed draws the same steps again; which of two threads of a backup
 * comes first it does not draw.
 */
final class Simulation implements AutoCloseable {
    private static final int HOSTS = 6;
    private static final int SOURCES = 2;
    private static final int COPIES = 3;
    private static final int MOST_LOST = HOSTS - COPIES - 1;
    private static final Duration REPORTS = Duration.ofHours(12);
    private static final Duration SETTLED = Duration.ofDays(25);

    final Random random;
    final Bench bench;
    final List<TestMachine> hosts = new ArrayList<>();
    private final List<SimulatedSource> sources = new ArrayList<>();
    private final Map<String, byte[]> contents = new HashMap<>();
    private final Set<Long> lost = new HashSet<>();
    private final Map<Long, Long> newest = new HashMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> story = new ArrayList<>();

    Simulation(long seed, Databases kind, Path folder) throws Exception {
        this(seed, kind, folder, Map.of());
    }

    /** @param settings of central */
    Simulation(long seed, Databases kind, Path folder, Map<String, String> settings) throws Exception {
        random = new Random(seed);
        bench = new Bench(kind, folder, settings);
        for (int i = 0; i < HOSTS; i++) {
            hosts.add(bench.host("h" + i));
            bench.central.daemons.run(hosts.get(i));
        }
        for (int i = 0; i < SOURCES; i++) {
            sources.add(new SimulatedSource(this, "ws" + i, folder.resolve("ws" + i), random));
        }
        bench.central.policies.set(
                "admin",
                Scope.COMPANY,
                Scope.EVERYBODY,
                jakarta.json.Json.createObjectBuilder()
                        .add(
                                "retention",
                                jakarta.json.Json.createObjectBuilder().add("last", 4))
                        .build());
    }

    /** What happened, for whoever looks into a failure. */
    String story() {
        return String.join("\n", story) + "\n" + counts;
    }

    Map<String, Integer> counts() {
        return counts;
    }

    // ---- what may happen

    private interface Act {
        void run() throws Exception;
    }

    private record Choice(int weight, String name, Act act) {}

    private List<Choice> choices() {
        return List.of(
                new Choice(18, "backup", () -> backUp(SimulatedSource.Fault.NONE)),
                new Choice(4, "backup, a host dies", () -> backUp(SimulatedSource.Fault.HOST_DIES)),
                new Choice(4, "backup, central goes away", () -> backUp(SimulatedSource.Fault.CENTRAL_AWAY)),
                new Choice(6, "backup, the source dies", () -> backUp(SimulatedSource.Fault.SOURCE_DIES)),
                new Choice(10, "restore", () -> source().restore(random)),
                new Choice(5, "host down", this::down),
                new Choice(8, "host up", this::wake),
                new Choice(2, "host lost", this::lose),
                new Choice(3, "octets rot", this::rot),
                new Choice(4, "check", () -> tell(source())),
                new Choice(16, "time passes", () -> pass(Duration.ofMinutes(1L + random.nextInt(3_000)))),
                new Choice(12, "repair", this::repair),
                new Choice(4, "forget", () -> bench.central.retention.forget(source().number(), "admin")),
                new Choice(2, "recall", this::recall),
                new Choice(6, "prune", () -> bench.central.prune.execute(source().number())),
                new Choice(3, "central starts again", this::restart),
                new Choice(3, "repeat", () -> source().repeat()));
    }

    /** One step, and a look at all that must hold. */
    void step() throws Exception {
        List<Choice> choices = choices();
        int drawn = random.nextInt(choices.stream().mapToInt(Choice::weight).sum());
        for (Choice choice : choices) {
            drawn -= choice.weight();
            if (drawn < 0) {
                story.add(bench.clock.instant() + " " + choice.name());
                counts.merge(choice.name(), 1, Integer::sum);
                choice.act().run();
                break;
            }
        }
        look();
    }

    private SimulatedSource source() {
        SimulatedSource source = sources.get(random.nextInt(SOURCES));
        story.add("  of " + source.number());
        return source;
    }

    private void backUp(SimulatedSource.Fault fault) throws Exception {
        SimulatedSource source = source();
        source.change(random);
        boolean done = source.backUp(fault);
        story.add(done ? "  done" : "  not done");
        counts.merge(done ? "snapshots" : "backups that failed", 1, Integer::sum);
    }

    private void down() {
        if (up().size() > COPIES) {
            stop(draw(up()).id.number());
        }
    }

    private void wake() throws IOException {
        List<TestMachine> down = hosts.stream()
                .filter(host -> !isUp(host.id.number()) && !isLost(host))
                .toList();
        if (!down.isEmpty()) {
            bench.central.daemons.run(draw(down));
            pass(Duration.ofSeconds(30));
        }
    }

    /** A disk breaks, where each pack has a good copy elsewhere: what is lost is within what the copies are for. */
    private void lose() {
        TestMachine host = draw(hosts);
        long number = host.id.number();
        if (isLost(host) || lost.size() >= MOST_LOST || !areAllElsewhere(number)) {
            return;
        }
        story.add("  " + number);
        counts.merge("disks lost", 1, Integer::sum);
        stop(number);
        lost.add(number);
        bench.central.daemons.shelf(number).clear();
        bench.central.daemons.trash(number).clear();
    }

    private boolean areAllElsewhere(long number) {
        return sources.stream().flatMap(source -> source.placements().stream()).allMatch(placement -> hosts.stream()
                .anyMatch(other -> other.id.number() != number && isGood(other.id.number(), placement.pack())));
    }

    private void rot() {
        List<String> fragments = new ArrayList<>();
        TestMachine host = draw(hosts);
        long number = host.id.number();
        for (String fragment : new TreeSet<>(bench.central.daemons.shelf(number))) {
            if (hosts.stream().anyMatch(other -> other.id.number() != number && isGood(other.id.number(), fragment))) {
                fragments.add(fragment);
            }
        }
        if (!fragments.isEmpty()) {
            String fragment = fragments.get(random.nextInt(fragments.size()));
            story.add("  " + fragment.substring(0, 8) + " at " + number);
            counts.merge("copies rotten", 1, Integer::sum);
            bench.central.daemons.rotten.add(number + " " + fragment);
        }
    }

    /** A source finds what is wrong with its copies at hosts that it reaches, and says so. */
    void tell(SimulatedSource source) throws IOException {
        for (Placement placement : source.placements()) {
            for (long host : holders(placement)) {
                if (isUp(host) && !isGood(host, placement.pack())) {
                    source.complain(placement.pack(), host);
                }
            }
        }
    }

    /** Every host finds that its copy of this pack is damaged, and says so. */
    void loseEverywhere(SimulatedSource source, String pack) {
        for (TestMachine host : hosts) {
            if (bench.central.daemons.shelf(host.id.number()).remove(pack)) {
                bench.central.damages.hear(
                        host.id.number(), List.of(new Damage(source.number(), pack, "its octets are wrong")));
            }
        }
    }

    SimulatedSource source(int place) {
        return sources.get(place);
    }

    void pass(Duration time) throws IOException {
        Duration left = time;
        while (!left.isZero()) {
            Duration some = left.compareTo(REPORTS) < 0 ? left : REPORTS;
            bench.clock.advance(some);
            left = left.minus(some);
            for (TestMachine host : up()) {
                bench.central.heartbeats.report(host.id, host.heartbeat(9 * TestMachine.GIB));
            }
            bench.central.hosts.noticeSilence();
        }
    }

    void repair() {
        bench.central.repairs.round();
        bench.central.discards.sweep();
    }

    private void recall() {
        SimulatedSource source = source();
        List<SnapshotSummary> forgotten = bench.central.snapshots.summaries(source.number(), 100, true).stream()
                .filter(each -> each.forgotten() != null)
                .toList();
        if (!forgotten.isEmpty()) {
            try {
                bench.central.retention.recall(
                        source.number(),
                        forgotten.get(random.nextInt(forgotten.size())).version(),
                        "admin");
            } catch (ProblemException tooLate) {
                story.add("  " + tooLate.getMessage());
            }
        }
    }

    private void restart() throws IOException {
        FakeDaemons before = bench.central.daemons;
        bench.restart();
        bench.central.daemons.takeOver(before);
        pass(Duration.ofMinutes(1));
    }

    // ---- hosts, as sources and steps see them

    List<TestMachine> up() {
        return hosts.stream().filter(host -> isUp(host.id.number())).toList();
    }

    private boolean isUp(long host) {
        return bench.central.daemons.isUp(host);
    }

    private boolean isLost(TestMachine host) {
        return lost.contains(host.id.number());
    }

    void stop(long host) {
        bench.central.daemons.stop(machine(host));
    }

    TestMachine machine(long host) {
        return hosts.stream()
                .filter(each -> each.id.number() == host)
                .findFirst()
                .orElseThrow();
    }

    void requireUp(Host host) throws TransferException {
        if (!isUp(host.id())) {
            throw new TransferException(Reason.AWAY, host.id(), "no connection", new java.net.ConnectException());
        }
    }

    synchronized void keep(long host, FragmentId fragment, byte[] octets) {
        contents.put(fragment.toString(), octets);
        bench.central.daemons.rotten.remove(host + " " + fragment);
        bench.central.daemons.keep(machine(host), fragment);
    }

    synchronized Optional<byte[]> octets(long host, FragmentId fragment) {
        if (!bench.central.daemons.shelf(host).contains(fragment.toString())) {
            return Optional.empty();
        }
        byte[] octets = contents.get(fragment.toString());
        if (isGood(host, fragment.toString())) {
            return Optional.of(octets);
        }
        byte[] other = octets.clone();
        for (int i = 0; i < other.length; i += 1_000) {
            other[i] ^= 1;
        }
        return Optional.of(other);
    }

    private synchronized boolean isGood(long host, String fragment) {
        return bench.central.daemons.shelf(host).contains(fragment)
                && !bench.central.daemons.rotten.contains(host + " " + fragment);
    }

    /** What a source knows of hosts: all that take fragments or were heard of. */
    Map<Long, Host> listed() {
        return bench.central.hosts.all().stream()
                .map(HostStatus::host)
                .collect(Collectors.toMap(Host::id, Function.identity()));
    }

    /** Whether each pack of a source has a good copy that central counts, at a host that is up. */
    boolean isEverythingReachable(long source) throws IOException {
        for (SimulatedSource each : sources) {
            for (Placement placement : each.number() == source ? each.placements() : List.<Placement>of()) {
                if (holders(placement).stream().noneMatch(host -> isUp(host) && isGood(host, placement.pack()))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static List<Long> holders(Placement placement) throws IOException {
        List<Long> holders = new ArrayList<>();
        for (Held held : placement.fragments()) {
            try {
                holders.add(Receipt.claimed(Signed.parse(held.receipt())).host().number());
            } catch (MalformedException e) {
                throw new IOException(e);
            }
        }
        return holders;
    }

    private <T> T draw(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    // ---- what must hold

    private void look() throws IOException {
        for (SimulatedSource source : sources) {
            for (Placement placement : source.placements()) {
                look(placement);
            }
            versionsGrow(source);
        }
    }

    private void look(Placement placement) throws IOException {
        boolean anyGood = false;
        for (long host : holders(placement)) {
            boolean there = bench.central.daemons.shelf(host).contains(placement.pack());
            if (!there && !lost.contains(host)) {
                throw new AssertionError(
                        "host " + host + " gave a receipt for " + placement.pack() + " and has it not");
            }
            anyGood |= isGood(host, placement.pack());
        }
        if (!anyGood && !placement.fragments().isEmpty()) {
            throw new AssertionError("no good copy is left of " + placement.pack());
        }
    }

    private void versionsGrow(SimulatedSource source) {
        Set<Long> versions = new HashSet<>();
        long highest = 0;
        for (SnapshotSummary each : bench.central.snapshots.summaries(source.number(), 1_000, true)) {
            if (!versions.add(each.version())) {
                throw new AssertionError("version " + each.version() + " is there twice");
            }
            highest = Math.max(highest, each.version());
        }
        if (highest < newest.getOrDefault(source.number(), 0L)) {
            throw new AssertionError("the newest version is gone: " + highest);
        }
        newest.put(source.number(), highest);
    }

    /** When nothing goes wrong any more, every pack has its copies again, and every snapshot that is kept comes back. */
    void heal() throws Exception {
        story.add(bench.clock.instant() + " faults stop");
        hosts.stream().filter(host -> !isLost(host)).forEach(bench.central.daemons::run);
        pass(SETTLED);
        makeUp(40);
        look();
        for (SimulatedSource source : sources) {
            for (Placement placement : source.placements()) {
                for (long host : holders(placement)) {
                    if (isUp(host) && !isGood(host, placement.pack())) {
                        throw new AssertionError("a copy that was found wrong still counts: " + placement.pack());
                    }
                }
            }
            source.change(random);
            if (!source.backUp(SimulatedSource.Fault.NONE)) {
                throw new AssertionError("a backup without any fault was not committed");
            }
            source.restoreAll();
        }
        if (bench.central.log.firstBroken().isPresent()) {
            throw new AssertionError("the log's chain is broken");
        }
        // A pack of a backup that broke off is known since the last backup, and its host may be gone meanwhile.
        makeUp(10);
        bench.central.repairs.redundancy().forEach(count -> {
            if (count.copies() < count.wanted()) {
                throw new AssertionError(
                        count.packs() + " packs have " + count.copies() + " copies of " + count.wanted());
            }
        });
    }

    private void makeUp(int rounds) throws IOException {
        for (int i = 0; i < rounds; i++) {
            for (SimulatedSource source : sources) {
                tell(source);
            }
            repair();
            pass(Duration.ofMinutes(20));
        }
    }

    @Override
    public void close() {
        bench.close();
    }
}
