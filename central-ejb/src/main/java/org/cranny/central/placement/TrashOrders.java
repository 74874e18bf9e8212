package org.cranny.central.placement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.cranny.central.authority.Authority;
import org.cranny.central.log.AuditLog;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.Hosts;
import org.cranny.protocol.custody.TrashAnswer;
import org.cranny.protocol.custody.TrashOrder;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.grant.Act;
import org.cranny.protocol.grant.Grant;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.masterfile.Host.State;

/**
 * Has hosts move fragments into their trash, out of it and away, each order under a grant of its own. One order at a
 * time in the whole realm, and what an order asks for is read when its turn has come, so that no fragment is brought back
 * and put away at once.
 */
@ApplicationScoped
public class TrashOrders {
    private static final Logger LOGGER = Logger.getLogger(TrashOrders.class.getName());

    private final Upkeep upkeep;
    private final Daemons daemons;
    private final Hosts hosts;
    private final Authority authority;
    private final AuditLog log;
    private final ReentrantLock turn = new ReentrantLock();

    protected TrashOrders() {
        this(null, null, null, null, null);
    }

    @Inject
    public TrashOrders(Upkeep upkeep, Daemons daemons, Hosts hosts, Authority authority, AuditLog log) {
        this.upkeep = upkeep;
        this.daemons = daemons;
        this.hosts = hosts;
        this.authority = authority;
        this.log = log;
    }

    /** What came of an order, as rows of the database. */
    public interface Settlement {
        void settle(List<Discarded> asked, TrashAnswer answer);
    }

    /** Hosts that answer, by number. */
    public Map<Long, HostStatus> reachable() {
        return hosts.all().stream()
                .filter(host -> host.state() != State.SUSPECT && host.state() != State.UNREACHABLE)
                .collect(Collectors.toMap(HostStatus::number, Function.identity()));
    }

    /**
     * Gives one host one order about fragments of one source, as far as these are still to be put away or deleted.
     *
     * @param act TRASH or DELETE
     */
    public void give(Act act, HostStatus host, List<Discarded> fragments, Settlement settlement) {
        turn.lock();
        try {
            List<Discarded> still =
                    upkeep.still(fragments, act == Act.TRASH ? FragmentRow.State.TRASHING : FragmentRow.State.TRASH);
            if (!still.isEmpty()) {
                settlement.settle(still, order(act, host, still));
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "{0} of {1} fragments at {2} did not work: {3}", new Object[] {
                act, fragments.size(), host.name(), e.getMessage()
            });
        } finally {
            turn.unlock();
        }
    }

    /**
     * Brings packs of a source back that are in the trash, as far as their hosts answer.
     *
     * @return whether any fragment is kept again
     */
    public boolean bringBack(SystemId source, Collection<FragmentId> packs) {
        turn.lock();
        try {
            Map<Long, List<Discarded>> byHost =
                    upkeep.away(source.number(), packs).stream().collect(Collectors.groupingBy(Discarded::host));
            Map<Long, HostStatus> reachable = byHost.isEmpty() ? Map.of() : reachable();
            Set<String> back = new HashSet<>();
            byHost.forEach((number, fragments) -> {
                HostStatus host = reachable.get(number);
                for (int from = 0; host != null && from < fragments.size(); from += Grant.MOST_FRAGMENTS) {
                    back.addAll(bringBack(
                            host, fragments.subList(from, Math.min(fragments.size(), from + Grant.MOST_FRAGMENTS))));
                }
            });
            if (!back.isEmpty()) {
                log.append("central", "untrash", "system " + source.number(), back.size() + " packs, for a commit");
            }
            return !back.isEmpty();
        } finally {
            turn.unlock();
        }
    }

    private List<String> bringBack(HostStatus host, List<Discarded> fragments) {
        try {
            List<String> done = order(Act.UNTRASH, host, fragments).done();
            List<Discarded> back = fragments.stream()
                    .filter(each -> done.contains(each.fragment()))
                    .toList();
            upkeep.broughtBack(back.stream().map(Discarded::id).toList());
            return back.stream().map(Discarded::fragment).toList();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "{0} fragments at {1} could not be brought back: {2}", new Object[] {
                fragments.size(), host.name(), e.getMessage()
            });
            return List.of();
        }
    }

    private TrashAnswer order(Act act, HostStatus host, List<Discarded> fragments) throws IOException {
        List<FragmentId> ids = fragments.stream()
                .map(each -> FragmentId.of(each.fragment()))
                .distinct()
                .toList();
        String grant = authority.grant(
                act,
                new SystemId(authority.realm(), host.number()),
                authority.identity().certificate().getPublicKey(),
                new SystemId(authority.realm(), fragments.get(0).source()),
                fragments.stream().mapToLong(Discarded::length).sum(),
                ids);
        return daemons.trash(
                host,
                act,
                grant,
                new TrashOrder(
                        new ArrayList<>(ids.stream().map(FragmentId::toString).toList())));
    }
}
