package org.cranny.engine.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.cranny.protocol.masterfile.Host;

/**
 * Picks hosts for packs from a master file: only hosts that accept, have room, and are not the source itself; one
 * fragment in a failure domain; weighted at random by rating and free share, so that a fleet fills evenly and a host
 * that can be reached half of the time gets half as much. As many fragments as open a pack lie on hosts that are always
 * on, where there are such. A host with a rating below {@link #LAST_RESORT} is picked only when no other is left.
 * Hosts that failed during this backup are left out; space that this backup used is counted. Thread-safe.
 */
public final class Placement {
    /** The fewest hosts, each in a failure domain of its own, with which a backup is taken at all. */
    public static final int FLOOR = 2;

    /** A host that can be reached less than one time in five helps nobody who wants his files back. */
    public static final double LAST_RESORT = 0.2;

    private static final String ALWAYS_ON = "always";

    private final List<Host> hosts;
    private final RandomGenerator random;
    private final Map<Long, Long> used = new ConcurrentHashMap<>();
    private final Set<Long> failed = ConcurrentHashMap.newKeySet();

    /** @param self the source's own number; it never keeps its own fragments */
    public Placement(Collection<Host> hosts, long self, RandomGenerator random) {
        this.hosts = hosts.stream()
                .filter(host -> host.accepts() && host.id() != self)
                .toList();
        this.random = random;
    }

    /** Hosts that may still be picked. */
    public List<Host> candidates() {
        return hosts.stream().filter(host -> !failed.contains(host.id())).toList();
    }

    /** How many failure domains the candidates stand in. */
    public int domains() {
        return candidates().stream()
                .map(Host::domain)
                .collect(Collectors.toSet())
                .size();
    }

    /** Picks so that one of the holders is always on, where there is such a host: what copies need. */
    public List<Host> pick(int count, long bytes, Collection<Host> taken) throws NotEnoughHostsException {
        return pick(count, bytes, taken, 1);
    }

    /**
     * Picks {@code count} hosts in distinct domains, none of them in a domain of {@code taken}.
     *
     * @param steady how many of these and the taken ones together should be always on, where there are such
     * @throws NotEnoughHostsException when there are not so many with room for {@code bytes}
     */
    public synchronized List<Host> pick(int count, long bytes, Collection<Host> taken, int steady)
            throws NotEnoughHostsException {
        Set<String> domains = taken.stream().map(Host::domain).collect(Collectors.toCollection(HashSet::new));
        List<Host> picked = new ArrayList<>(count);
        long unsteady = steady - taken.stream().filter(Placement::alwaysOn).count();
        while (picked.size() < count) {
            Host host = draw(domains, bytes, unsteady > 0);
            if (host == null) {
                throw new NotEnoughHostsException(shortage(count + taken.size(), picked.size() + taken.size()));
            }
            unsteady -= alwaysOn(host) ? 1 : 0;
            picked.add(host);
            domains.add(host.domain());
        }
        picked.forEach(host -> used.merge(host.id(), bytes, Long::sum));
        return picked;
    }

    /**
     * Leaves a host out from now on: it is full, away or wrong.
     *
     * @return whether that is news
     */
    public boolean fail(Host host) {
        return failed.add(host.id());
    }

    /**
     * One of the best hosts that are open, by weight; null when none is. In realms of ten thousand this runs for every
     * pack, so it goes through them without making lists.
     */
    private Host draw(Set<String> domains, long bytes, boolean steady) {
        double[] weights = new double[hosts.size()];
        int best = 0;
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            Host host = hosts.get(i);
            int merit = open(host, domains, bytes) ? merit(host, steady) : 0;
            if (merit > best) {
                Arrays.fill(weights, 0, i, 0);
                best = merit;
                total = 0;
            }
            if (merit == best && merit > 0) {
                weights[i] = weight(host);
                total += weights[i];
            }
        }
        double drawn = random.nextDouble() * total;
        Host last = null;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                last = hosts.get(i);
                drawn -= weights[i];
                if (drawn < 0) {
                    return last;
                }
            }
        }
        return last;
    }

    private boolean open(Host host, Set<String> domains, long bytes) {
        return !failed.contains(host.id()) && !domains.contains(host.domain()) && free(host) >= bytes;
    }

    /** The reliable before the others, of these the always on where one is wanted: 1 to 4. */
    private static int merit(Host host, boolean steady) {
        return 1 + (host.rating() >= LAST_RESORT ? 2 : 0) + (steady && alwaysOn(host) ? 1 : 0);
    }

    private static boolean alwaysOn(Host host) {
        return ALWAYS_ON.equals(host.availability());
    }

    private double weight(Host host) {
        double share = host.quotaBytes() > 0 ? (double) free(host) / host.quotaBytes() : 0;
        return Math.max(0.01, host.rating()) * Math.max(0.001, Math.min(1, share));
    }

    private long free(Host host) {
        return host.freeBytes() - used.getOrDefault(host.id(), 0L);
    }

    private String shortage(int wanted, int found) {
        String text = "Only " + found + " of the " + wanted + " hosts that a pack needs can take it";
        if (failed.isEmpty()) {
            return text + ". Enroll more hosts, or ask their owners for more space.";
        }
        return text + "; " + failed.size() + " failed in this backup. Run it again when they are well: what is stored "
                + "stays so. When they are full, enroll more hosts, or ask their owners for more space.";
    }
}
