package org.cranny.engine.retention;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cranny.engine.placement.Holding;
import org.cranny.engine.retention.ForgetPlan.State;
import org.cranny.engine.snapshot.PackHistory;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.source.Source;
import org.cranny.engine.transfer.HostTrash;
import org.cranny.engine.transfer.TransferException;
import org.cranny.protocol.custody.TrashAnswer;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.policy.Policy.Retention;
import org.cranny.protocol.snapshot.VersionRange;

/**
 * Forgets the snapshots of a source that has no central, and takes the packs that nothing needs any more off their hosts,
 * in the steps that central takes: forgotten, it can be brought back for a time; then it is given up; then the packs that
 * only such snapshots needed are marked, put into the trash of their hosts some hours later, and deleted by these after
 * their time there. Each run does what is due. What was begun is on the disk before anything is asked of a host.
 *
 * <p>The clock is the source's own; hosts count the time in their trash by theirs. The caller sees to it that nothing else
 * works with the source.
 */
public final class Forgetting {
    private static final int WHOLE = 100;

    private final Source source;
    private final HostTrash trash;
    private final Map<Long, Host> hosts;
    private final Graces graces;
    private final Clock clock;
    private final Ledger ledger;

    private Forgetting(
            Source source, HostTrash trash, Map<Long, Host> hosts, Graces graces, Clock clock, Ledger ledger) {
        this.source = source;
        this.trash = trash;
        this.hosts = Map.copyOf(hosts);
        this.graces = graces;
        this.clock = clock;
        this.ledger = ledger;
    }

    /** @param hosts by number; others cannot be asked */
    public static Forgetting of(Source source, HostTrash trash, Map<Long, Host> hosts, Graces graces, Clock clock)
            throws IOException {
        return new Forgetting(source, trash, hosts, graces, clock, Ledger.open(source.home()));
    }

    /** Versions that are forgotten and not given up yet, so that {@link #recall} brings them back, and since when. */
    public static Map<Long, Instant> recallable(Path home) throws IOException {
        return Map.copyOf(Ledger.open(home).forgotten());
    }

    /** What {@link #execute} would forget now. */
    public ForgetPlan plan(Retention rules) throws IOException {
        List<Snapshot> all = new ArrayList<>(source.snapshots().kept());
        java.util.Collections.reverse(all);
        List<Keeping.Age> ages = all.stream()
                .filter(each -> !ledger.forgotten().containsKey(version(each)))
                .map(each -> new Keeping.Age(version(each), each.manifest().ended(), false))
                .toList();
        SortedMap<Long, String> kept = Keeping.keep(ages, rules, clock.instant());
        return new ForgetPlan(all.stream()
                .map(each -> line(each, Optional.ofNullable(kept.get(version(each)))))
                .toList());
    }

    private static long version(Snapshot snapshot) {
        return snapshot.manifest().version();
    }

    private ForgetPlan.Line line(Snapshot snapshot, Optional<String> kept) {
        Instant since = ledger.forgotten().get(version(snapshot));
        State state = since != null ? State.FORGOTTEN : kept.isPresent() ? State.KEEP : State.FORGET;
        String reason = since != null ? "until " + since.plus(graces.recall()) : kept.orElse("");
        return new ForgetPlan.Line(
                version(snapshot), snapshot.id(), snapshot.manifest().ended(), state, reason);
    }

    /** Brings a forgotten snapshot back. @return whether it was one that can be */
    public boolean recall(Snapshot snapshot) throws IOException {
        boolean forgotten = ledger.forgotten().remove(version(snapshot)) != null;
        if (forgotten) {
            ledger.keep();
        }
        return forgotten;
    }

    /** Forgets what the rules do not keep, and goes on with what was forgotten before, as far as its time has come. */
    public ForgetOutcome execute(Retention rules) throws IOException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        List<Long> forget = plan(rules).versions();
        forget.forEach(version -> ledger.forgotten().put(version, now));
        ledger.keep();
        List<Long> ripe = ledger.forgotten().entrySet().stream()
                .filter(each -> !each.getValue().plus(graces.recall()).isAfter(now))
                .map(Map.Entry::getKey)
                .toList();
        PackHistory history = source.snapshots().historyWithout(ripe);
        if (!history.whole()) {
            return new ForgetOutcome(
                    forget.size(),
                    0,
                    0,
                    0,
                    0,
                    waiting(),
                    "a manifest is missing here, so nobody can say what is needed no more",
                    List.of());
        }
        int marked = mark(history, now);
        giveUp(ripe);
        List<String> troubles = new ArrayList<>();
        int deleted = delete(troubles);
        List<Leaving> due = due(history, now);
        String refused = refusal(due);
        int putAway = refused == null ? putAway(due, now, troubles) : 0;
        return new ForgetOutcome(
                forget.size(), ripe.size(), marked, putAway, deleted, waiting(), refused, List.copyOf(troubles));
    }

    /** Takes note of who holds what is needed no more, before the source forgets it. */
    private int mark(PackHistory history, Instant now) throws IOException {
        int marked = 0;
        for (FragmentId pack : history.needless()) {
            Optional<Holding> holding = source.holdings().of(pack);
            if (holding.isPresent() && !ledger.leaving().containsKey(pack)) {
                Map<Long, Instant> holders = new TreeMap<>();
                holding.get().hosts().forEach(host -> holders.put(host, Instant.EPOCH));
                ledger.leaving()
                        .put(pack, new Leaving(pack, holding.get().pack().length(), now, holders));
                marked++;
            }
        }
        ledger.keep();
        return marked;
    }

    private void giveUp(Collection<Long> versions) throws IOException {
        source.snapshots().forget(VersionRange.of(List.copyOf(versions)));
        source.giveUp();
        ledger.forgotten().keySet().removeAll(versions);
        ledger.keep();
    }

    /** Packs whose second look has come; one that is needed after all is taken off the list. */
    private List<Leaving> due(PackHistory history, Instant now) throws IOException {
        Set<FragmentId> needless = new HashSet<>(history.needless());
        ledger.leaving().keySet().retainAll(needless);
        ledger.keep();
        return ledger.leaving().values().stream()
                .filter(each -> !each.marked().plus(graces.marksApart()).isAfter(now))
                .filter(each -> each.hosts().containsValue(Instant.EPOCH))
                .toList();
    }

    private String refusal(List<Leaving> due) {
        long away = due.stream().mapToLong(Leaving::length).sum();
        long all = source.holdings().all().stream()
                        .mapToLong(each -> each.pack().length())
                        .sum()
                + ledger.leaving().values().stream().mapToLong(Leaving::length).sum();
        return away * WHOLE > all * graces.mostPercent()
                ? "it would put " + away + " of " + all + " octets away, more than " + graces.mostPercent()
                        + " percent at once (--most-percent)"
                : null;
    }

    private int putAway(List<Leaving> due, Instant now, List<String> troubles) throws IOException {
        int done = 0;
        for (Host host : hosts.values()) {
            List<FragmentId> there = due.stream()
                    .filter(each -> each.hosts().containsKey(host.id()) && !each.isAway(host.id()))
                    .map(Leaving::pack)
                    .toList();
            done += ask(
                    host,
                    there,
                    trash::putAway,
                    answer -> {
                        answer.done().forEach(id -> hostsOf(id).put(host.id(), now));
                        drop(host, answer.absent());
                    },
                    troubles);
        }
        return done;
    }

    private int delete(List<String> troubles) throws IOException {
        int done = 0;
        for (Host host : hosts.values()) {
            List<FragmentId> there = ledger.leaving().values().stream()
                    .filter(each -> each.hosts().containsKey(host.id()) && each.isAway(host.id()))
                    .map(Leaving::pack)
                    .toList();
            done += ask(
                    host,
                    there,
                    trash::delete,
                    answer -> {
                        drop(host, answer.done());
                        drop(host, answer.absent());
                    },
                    troubles);
        }
        return done;
    }

    private interface Order {
        TrashAnswer give(Host host, List<FragmentId> fragments) throws TransferException;
    }

    private interface Settling {
        void settle(TrashAnswer answer);
    }

    /** In lots; what a host that fails did not do is asked of it again the next time. @return how many it did */
    private int ask(Host host, List<FragmentId> fragments, Order order, Settling settling, List<String> troubles)
            throws IOException {
        int done = 0;
        for (int from = 0; from < fragments.size(); from += HostTrash.MOST) {
            try {
                List<FragmentId> some = fragments.subList(from, Math.min(fragments.size(), from + HostTrash.MOST));
                TrashAnswer answer = asked(order.give(host, some), some);
                settling.settle(answer);
                done += answer.done().size();
                ledger.keep();
            } catch (TransferException e) {
                troubles.add(e.getMessage());
                break;
            }
        }
        return done;
    }

    /** Of what a host says, that which it was asked. */
    private static TrashAnswer asked(TrashAnswer answer, List<FragmentId> fragments) {
        Set<String> ids = new HashSet<>();
        fragments.forEach(fragment -> ids.add(fragment.toString()));
        return new TrashAnswer(among(ids, answer.done()), among(ids, answer.absent()), among(ids, answer.early()));
    }

    private static List<String> among(Set<String> ids, List<String> said) {
        return said.stream().filter(ids::contains).toList();
    }

    private Map<Long, Instant> hostsOf(String id) {
        Leaving leaving = ledger.leaving().get(FragmentId.of(id));
        return leaving == null ? new TreeMap<>() : leaving.hosts();
    }

    private void drop(Host host, List<String> ids) {
        for (String id : ids) {
            Map<Long, Instant> holders = hostsOf(id);
            holders.remove(host.id());
            if (holders.isEmpty()) {
                ledger.leaving().remove(FragmentId.of(id));
            }
        }
    }

    private int waiting() {
        return ledger.leaving().values().stream()
                .mapToInt(each -> each.hosts().size())
                .sum();
    }
}
