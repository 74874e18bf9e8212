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
    private static final long NOBODY = 0;

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

    /** Plans the copies that packs lack. */
    Planner repair(Collection<KeptPack> wanting) {
        wanting.forEach(pack -> plan(pack, NOBODY));
        return this;
    }

    /** Plans a copy elsewhere of what a host keeps and is to give back. @return whether this round takes it */
    boolean move(KeptPack pack, long host) {
        return plan(pack, host);
    }

    /** All that was planned so far. */
    RepairPlan plan() {
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

    /** @param leaving host whose copy is to go, or nobody */
    private boolean plan(KeptPack pack, long leaving) {
        Optional<Long> from = origin(pack);
        if (from.isEmpty()) {
            lack("no host that keeps a copy can be reached: start one of hosts "
                    + pack.copies().stream()
                            .map(copy -> Long.toString(copy.host()))
                            .sorted()
                            .collect(Collectors.joining(", ")));
            return false;
        }
        List<PackCopy> staying = pack.copies().stream()
                .filter(copy -> sound.counts(copy.host()) && copy.host() != leaving)
                .toList();
        List<Host> taken = new ArrayList<>(staying.stream()
                .map(copy -> host(sound.hosts().get(copy.host())))
                .toList());
        Set<Integer> numbers = staying.stream().map(PackCopy::number).collect(Collectors.toCollection(HashSet::new));
        while (missing(pack, taken) > 0) {
            List<Host> avoided = Stream.concat(
                            taken.stream(),
                            pack.elsewhere().stream()
                                    .filter(sound.hosts()::containsKey)
                                    .map(number -> host(sound.hosts().get(number))))
                    .toList();
            Optional<Host> to = onTheWay(pack, from.get(), avoided).or(() -> pick(pack, avoided, missing(pack, taken)));
            int number = lowestNotIn(numbers);
            if (to.isEmpty()
                    || !add(new Route(pack.source(), from.get(), to.get().id()), pack, number)) {
                return false;
            }
            taken.add(to.get());
            numbers.add(number);
        }
        return true;
    }

    private static int missing(KeptPack pack, List<Host> taken) {
        return pack.n() - taken.size();
    }

    /** A host to which an order with room goes already: a hundred small orders from one host would wait for each other. */
    private Optional<Host> onTheWay(KeptPack pack, long from, List<Host> avoided) {
        Set<String> domains = avoided.stream().map(Host::domain).collect(Collectors.toSet());
        return orders.entrySet().stream()
                .filter(order -> order.getKey().source() == pack.source()
                        && order.getKey().from() == from)
                .filter(order -> fits(order.getValue(), pack))
                .map(order -> host(sound.hosts().get(order.getKey().to())))
                .filter(to -> !domains.contains(to.domain()) && to.freeBytes() >= sent(to.id()) + pack.length())
                .findFirst();
    }

    private long sent(long to) {
        return orders.entrySet().stream()
                .filter(order -> order.getKey().to() == to)
                .mapToLong(order -> bytes(order.getValue()))
                .sum();
    }

    private static long bytes(List<RepairPlan.Copy> order) {
        return order.stream().mapToLong(copy -> copy.pack().length()).sum();
    }

    private static boolean fits(List<RepairPlan.Copy> order, KeptPack pack) {
        long bytes = bytes(order);
        return order.size() < FRAGMENTS && (bytes == 0 || bytes + pack.length() <= BYTES);
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
        if (!fits(order, pack)) {
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
