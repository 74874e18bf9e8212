package org.cranny.central.reliability;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.cranny.central.system.HostStatus;
import org.cranny.protocol.heartbeat.Seen;
import org.cranny.protocol.heartbeat.Seen.Outcome;
import org.cranny.protocol.masterfile.Host.State;

/**
 * Finds hosts that report but that nobody can reach from outside, as behind a router or in a guest network.
 *
 * <p>A host is on trial from its first report, and again when its address changed, its daemon started anew or it was
 * silent for a while: central and two peers, of other failure domains where there are such, are asked to look. One look
 * that reaches it ends the trial. When central and these peers all looked in vain while the host went on reporting, it
 * is unreachable, until one look reaches it. A host that is off is never judged: only a report brings a judgement.
 * Thread-safe.
 */
final class Reachability {
    private static final int PEERS = 2;
    private static final int MOST_FAILURES = 8;
    private static final int SILENT_INTERVALS = 3;

    private final Map<Long, Trial> trials = new ConcurrentHashMap<>();
    private final Set<Long> unreached = ConcurrentHashMap.newKeySet();

    /** How it goes with one host. */
    private static final class Trial {
        private final String address;
        private final long boots;
        private final long since;
        private long heard;
        private final Set<Long> asked = new TreeSet<>();
        private final Map<Long, Outcome> failures = new LinkedHashMap<>();

        Trial(String address, long boots, long now) {
            this.address = address;
            this.boots = boots;
            this.since = now;
            this.heard = now;
        }

        boolean goesOn(String nowAt, long nowBoots, long now, long intervalSeconds) {
            return boots == nowBoots && address.equals(nowAt) && now - heard <= SILENT_INTERVALS * intervalSeconds;
        }
    }

    /** Takes note of a report. @param before what was known of the host before it, or null */
    void heard(HostStatus before, long host, String address, long boots, long now, long intervalSeconds) {
        trials.compute(host, (number, trial) -> {
            if (trial != null && trial.goesOn(address, boots, now, intervalSeconds)) {
                trial.heard = now;
                return trial;
            }
            boolean trusted = trial == null && provenBefore(before, address);
            if (!trusted) {
                unreached.add(number);
            }
            return new Trial(address, boots, now);
        });
    }

    /** Central that starts anew does not put every host on trial. */
    private static boolean provenBefore(HostStatus before, String address) {
        return before != null
                && before.lastHeard() != null
                && before.unreachable() == null
                && before.address().equals(address);
    }

    /** Takes note of a look at a host. */
    void saw(long observer, Seen seen) {
        trials.computeIfPresent(seen.system(), (number, trial) -> {
            if (seen.time() >= trial.since) {
                if (seen.reached()) {
                    unreached.remove(number);
                    trial.failures.clear();
                } else if (trial.failures.size() < MOST_FAILURES) {
                    trial.failures.put(observer, seen.outcome());
                }
            }
            return trial;
        });
    }

    /** Whether nobody has reached this host since its trial began. */
    boolean onTrial(long host) {
        return unreached.contains(host);
    }

    /** Hosts that this observer should look at because they are on trial. */
    List<HostStatus> toLookAt(long observer, Roster.Page roster) {
        List<HostStatus> wanted = new ArrayList<>();
        HostStatus self = roster.byNumber().get(observer);
        for (long number : unreached) {
            Trial trial = trials.get(number);
            HostStatus host = roster.byNumber().get(number);
            if (trial != null && host != null && number != observer && wanted.size() < Rounds.PEERS) {
                synchronized (trial.asked) {
                    boolean already = trial.asked.contains(observer);
                    if (already || trial.asked.size() < PEERS && fits(self, host, roster)) {
                        trial.asked.add(observer);
                        wanted.add(host);
                    }
                }
            }
        }
        return wanted;
    }

    /** An observer of the host's own domain does only where all are of that domain. */
    private static boolean fits(HostStatus observer, HostStatus host, Roster.Page roster) {
        return observer == null
                || !observer.domain().equals(host.domain())
                || roster.hosts().stream().allMatch(other -> other.domain().equals(host.domain()));
    }

    /**
     * Judges a host that has just reported.
     *
     * @return nothing to change, or the reason why nobody can reach it, or an empty text because somebody can
     */
    Optional<String> judge(HostStatus host, Roster.Page roster) {
        Trial trial = trials.get(host.number());
        if (trial == null) {
            return Optional.empty();
        }
        Map<Long, Outcome> failures = failures(host.number());
        if (failures.isEmpty()) {
            return !onTrial(host.number()) && host.unreachable() != null ? Optional.of("") : Optional.empty();
        }
        long peers = failures.keySet().stream()
                .filter(observer -> observer != Slot.CENTRAL)
                .count();
        boolean unreachable = failures.containsKey(Slot.CENTRAL) && peers >= Math.min(PEERS, awake(host, roster));
        return unreachable && host.unreachable() == null
                ? Optional.of(reason(host, failures, roster))
                : Optional.empty();
    }

    private Map<Long, Outcome> failures(long host) {
        Map<Long, Outcome> copy = new LinkedHashMap<>();
        trials.computeIfPresent(host, (number, trial) -> {
            copy.putAll(trial.failures);
            return trial;
        });
        return copy;
    }

    private static long awake(HostStatus host, Roster.Page roster) {
        return roster.hosts().stream()
                .filter(other -> other.number() != host.number() && other.state() != State.SUSPECT)
                .limit(PEERS)
                .count();
    }

    private static String reason(HostStatus host, Map<Long, Outcome> failures, Roster.Page roster) {
        String who = failures.entrySet().stream()
                .limit(PEERS + 1)
                .map(failure -> name(failure.getKey(), roster) + " "
                        + failure.getValue().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
        return "Nobody can reach " + host.address() + " (" + who + "). Let its port through the firewall and router"
                + " before it, or enroll the machine again with an address that others can reach.";
    }

    private static String name(long observer, Roster.Page roster) {
        HostStatus host = roster.byNumber().get(observer);
        if (observer == Slot.CENTRAL) {
            return "central";
        }
        return host == null
                ? "system " + observer
                : host.name().substring(0, Math.min(40, host.name().length()));
    }
}
