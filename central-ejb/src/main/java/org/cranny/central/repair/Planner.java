package org.cranny.central.repair;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cranny.central.placement.KeptPack;
import org.cranny.central.placement.PackCopy;
import org.cranny.central.system.HostStatus;
import org.cranny.engine.placement.NotEnoughHostsException;
import org.cranny.engine.placement.Placement;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.masterfile.Host.State;

/** Plans one round of copies: packs in the order in which they come, within what hosts can do at once. */
final class Planner {
    private static final int FRAGMENTS = 32;
    private static final long BYTES = 256L << 20;

    private final Sound sound;
    private final int atOnce;
    private final int perHost;
    private final RandomGenerator random;
    private final List<Host> candidates;
    private final Map<Long, Placement> placements = new HashMap<>();
    private final Map<Route, List<RepairPlan.Copy>> orders = new LinkedHashMap<>();
    private final Map<Long, Integer> busy = new HashMap<>();
    private final Map<String, Long> shortages = new TreeMap<>();

    private record Route(long source, long from, long to) {}

    Planner(Sound sound, int atOnce, int perHost, RandomGenerator random) {
        this.sound = sound;
        this.atOnce = atOnce;
        this.perHost = perHost;
        this.random = random;
        this.candidates = sound.hosts().values().stream().map(Planner::host).toList();
    }

    RepairPlan plan(Collection<KeptPack> wanting) {
        wanting.forEach(this::plan);
        return new RepairPlan(
                orders.entrySet().stream()
                        .map(each -> new RepairPlan.Order(
                                each.getKey().source(),
                                each.getKey().from(),
                                each.getKey().to(),
                                each.getValue()))
                        .toList(),
                shortages.entrySet().stream()
                        .map(each -> new RepairPlan.Shortage(each.getValue(), each.getKey()))
                        .toList());
    }

    private void plan(KeptPack pack) {
        Optional<Long> from = origin(pack);
        if (from.isEmpty()) {
            lack("no host that keeps a copy can be reached: start one of hosts "
                    + pack.copies().stream()
                            .map(copy -> Long.toString(copy.host()))
                            .sorted()
                            .collect(Collectors.joining(", ")));
            return;
        }
        List<Host> taken = new ArrayList<>(pack.copies().stream()
                .filter(copy -> sound.counts(copy.host()))
                .map(copy -> host(sound.hosts().get(copy.host())))
                .toList());
        int missing = pack.n() - taken.size();
        Set<Integer> numbers = pack.copies().stream()
                .filter(copy -> sound.counts(copy.host()))
                .map(PackCopy::number)
                .collect(Collectors.toCollection(HashSet::new));
        for (; missing > 0; missing--) {
            List<Host> avoided = Stream.concat(
                            taken.stream(),
                            pack.elsewhere().stream()
                                    .filter(sound.hosts()::containsKey)
                                    .map(number -> host(sound.hosts().get(number))))
                    .toList();
            Optional<Host> to = pick(pack, avoided, missing);
            int number = lowestNotIn(numbers);
            if (to.isEmpty()
                    || !add(new Route(pack.source(), from.get(), to.get().id()), pack, number)) {
                return;
            }
            taken.add(to.get());
            numbers.add(number);
        }
    }

    /** A host that has it and answers; one that gives little in this round already first. */
    private Optional<Long> origin(KeptPack pack) {
        return pack.copies().stream()
                .map(PackCopy::host)
                .filter(sound::answers)
                .min(Comparator.<Long>comparingInt(
                                host -> sound.hosts().get(host).state() == State.QUARANTINED ? 1 : 0)
                        .thenComparingInt(host -> busy.getOrDefault(host, 0))
                        .thenComparingLong(host -> host));
    }

    private Optional<Host> pick(KeptPack pack, List<Host> taken, int missing) {
        Placement placement =
                placements.computeIfAbsent(pack.source(), source -> new Placement(candidates, source, random));
        try {
            return placement.pick(1, pack.length(), taken).stream().findFirst();
        } catch (NotEnoughHostsException e) {
            lack(pack.n() + " copies in as many failure domains are wanted: " + missing + " more "
                    + (missing == 1 ? "host" : "hosts")
                    + " outside the domains of the present ones, with room, and not the source itself");
            return Optional.empty();
        }
    }

    /** @return false when this round is full there */
    private boolean add(Route route, KeptPack pack, int number) {
        List<RepairPlan.Copy> order = orders.get(route);
        if (order == null) {
            if (orders.size() >= atOnce
                    || busy.getOrDefault(route.from(), 0) >= perHost
                    || busy.getOrDefault(route.to(), 0) >= perHost) {
                return false;
            }
            busy.merge(route.from(), 1, Integer::sum);
            busy.merge(route.to(), 1, Integer::sum);
            order = new ArrayList<>();
            orders.put(route, order);
        }
        long bytes = order.stream().mapToLong(copy -> copy.pack().length()).sum();
        if (order.size() >= FRAGMENTS || bytes > 0 && bytes + pack.length() > BYTES) {
            return false;
        }
        order.add(new RepairPlan.Copy(pack, number));
        return true;
    }

    private static int lowestNotIn(Set<Integer> numbers) {
        int number = 0;
        while (numbers.contains(number)) {
            number++;
        }
        return number;
    }

    private void lack(String reason) {
        shortages.merge(reason, 1L, Long::sum);
    }

    private static Host host(HostStatus status) {
        return new Host(
                status.number(),
                status.name(),
                status.address(),
                status.freeBytes(),
                status.quotaBytes(),
                status.rating(),
                status.availability(),
                status.domain(),
                status.state());
    }
}
