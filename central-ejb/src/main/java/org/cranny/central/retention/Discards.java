package org.cranny.central.retention;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.cranny.central.authority.Authority;
import org.cranny.central.log.AuditLog;
import org.cranny.central.placement.Discarded;
import org.cranny.central.placement.PackCopies;
import org.cranny.central.placement.TrashOrders;
import org.cranny.central.placement.Upkeep;
import org.cranny.central.settings.Settings;
import org.cranny.central.snapshot.Leases;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.Hosts;
import org.cranny.protocol.custody.TrashAnswer;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.grant.Act;
import org.cranny.protocol.id.SystemId;

/**
 * Takes what was put away off its hosts: into their trash under a grant, and after its time there away under another one
 * that is good once. Where an owner wants room back, copies of packs that live do not wait for that time; a host that hears
 * of it from central alone lets them go little by little, and is asked hourly. A host that is away is asked again later. Every deletion is a row in the log.
 */
@ApplicationScoped
public class Discards {
    private static final int AT_ONCE = 2_000;
    private static final int IN_ONE_ORDER = 500;
    private static final Duration LITTLE_BY_LITTLE = Duration.ofHours(1);

    private final Upkeep upkeep;
    private final TrashOrders orders;
    private final PackCopies copies;
    private final Hosts hosts;
    private final Authority authority;
    private final Leases leases;
    private final AuditLog log;
    private final Settings settings;
    private final Clock clock;
    private final Map<Long, Instant> heldBack = new ConcurrentHashMap<>();

    protected Discards() {
        this(null, null, null, null, null, null, null, null, null);
    }

    @Inject
    public Discards(
            Upkeep upkeep,
            TrashOrders orders,
            PackCopies copies,
            Hosts hosts,
            Authority authority,
            Leases leases,
            AuditLog log,
            Settings settings,
            Clock clock) {
        this.upkeep = upkeep;
        this.orders = orders;
        this.copies = copies;
        this.hosts = hosts;
        this.authority = authority;
        this.leases = leases;
        this.log = log;
        this.settings = settings;
        this.clock = clock;
    }

    private record Lot(long host, long source) {}

    /** One round: what is to go into the trash goes there, what was there for long enough is deleted. */
    public void sweep() {
        Map<Long, HostStatus> reachable = orders.reachable();
        lots(upkeep.trashing(AT_ONCE)).forEach((lot, some) -> act(Act.TRASH, lot, some, reachable));
        lots(upkeep.trashedBefore(clock.instant().minus(settings.trashTime()), AT_ONCE))
                .forEach((lot, some) -> act(Act.DELETE, lot, some, reachable));
        giveBack(reachable);
    }

    /** Takes what is put away off the hosts whose owners want room back, into their trash and at once out of it. */
    public void giveBack() {
        if (hosts.isAnyOver()) {
            giveBack(orders.reachable());
        }
    }

    private void giveBack(Map<Long, HostStatus> reachable) {
        reachable.values().stream().filter(host -> host.overBytes() > 0).forEach(host -> {
            lots(upkeep.trashingOn(host.number(), AT_ONCE))
                    .forEach((lot, some) -> act(Act.TRASH, lot, some, reachable));
            if (!isHoldingBack(host)) {
                lots(upto(host.overBytes(), upkeep.trashedOn(host.number(), AT_ONCE)))
                        .forEach((lot, some) -> act(Act.DELETE, lot, some, reachable));
            }
        });
    }

    private boolean isHoldingBack(HostStatus host) {
        Instant saidSo = heldBack.getOrDefault(host.number(), Instant.MIN);
        return host.isOverForCentralAlone() && saidSo.isAfter(clock.instant().minus(LITTLE_BY_LITTLE));
    }

    /** The first of these that make so many octets: no more than an owner wants back leaves the trash before its time. */
    private static List<Discarded> upto(long bytes, List<Discarded> all) {
        List<Discarded> some = new ArrayList<>();
        long left = bytes;
        for (Discarded each : all) {
            if (left <= 0) {
                break;
            }
            some.add(each);
            left -= each.length();
        }
        return some;
    }

    private static Map<Lot, List<Discarded>> lots(List<Discarded> all) {
        Map<Lot, List<Discarded>> lots = new LinkedHashMap<>();
        for (Discarded each : all) {
            List<Discarded> lot = lots.computeIfAbsent(new Lot(each.host(), each.source()), any -> new ArrayList<>());
            if (lot.size() < IN_ONE_ORDER) {
                lot.add(each);
            }
        }
        return lots;
    }

    private void act(Act act, Lot lot, List<Discarded> some, Map<Long, HostStatus> reachable) {
        HostStatus host = reachable.get(lot.host());
        if (host != null) {
            orders.give(act, host, some, (asked, answer) -> settle(act, lot, asked, answer));
        }
    }

    private void settle(Act act, Lot lot, List<Discarded> some, TrashAnswer answer) {
        if (act == Act.TRASH) {
            upkeep.trashed(rows(some, answer.done()));
            drop(lot.source(), rows(some, answer.absent()));
            return;
        }
        if (!answer.early().isEmpty()) {
            heldBack.put(lot.host(), clock.instant());
        }
        List<Long> gone = rows(some, answer.done());
        gone.addAll(rows(some, answer.absent()));
        drop(lot.source(), gone);
        if (!gone.isEmpty()) {
            log.append(
                    "central",
                    "deletion",
                    "host " + lot.host(),
                    gone.size() + " fragments of system " + lot.source() + " out of the trash");
        }
    }

    /** A pack that nobody keeps any more has no copy at central either. */
    private void drop(long source, List<Long> gone) {
        for (String pack : upkeep.gone(gone, epoch(source))) {
            copies.remove(new SystemId(authority.realm(), source), FragmentId.of(pack));
        }
    }

    private Map<Long, Long> epoch(long source) {
        Map<Long, Long> epochs = new HashMap<>();
        epochs.put(source, leases.epoch(source));
        return epochs;
    }

    private static List<Long> rows(List<Discarded> some, List<String> fragments) {
        return some.stream()
                .filter(each -> fragments.contains(each.fragment()))
                .map(Discarded::id)
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
