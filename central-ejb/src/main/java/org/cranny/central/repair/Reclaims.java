package org.cranny.central.repair;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.cranny.central.placement.KeptPack;
import org.cranny.central.placement.Survey;
import org.cranny.central.placement.Upkeep;
import org.cranny.central.system.HostStatus;

/**
 * Gives owners back the room that they lend no more. What has copies enough elsewhere goes at once; of the rest, copies
 * are made elsewhere first, no more of them than the owner wants room for, and then they are surplus here and go. A host
 * says with its report what is still too much; in between, what was planned counts as gone.
 */
final class Reclaims {
    private static final int PAGE = 500;
    private static final Duration DAY = Duration.ofDays(1);

    private final Survey survey;
    private final Upkeep upkeep;
    private final Duration trashTime;
    private final Clock clock;
    private final DrainPace pace = new DrainPace();
    private final Map<Long, Account> accounts = new HashMap<>();
    private volatile Map<Long, List<RepairPlan.Shortage>> stuck = Map.of();

    /** What was planned since a report. */
    private static final class Account {
        private Instant report;
        private long leftBytes;
        private long after;
    }

    Reclaims(Survey survey, Upkeep upkeep, Duration trashTime, Clock clock) {
        this.survey = survey;
        this.upkeep = upkeep;
        this.trashTime = trashTime;
        this.clock = clock;
    }

    /** Plans copies of what hosts give back, as far as this round takes them. */
    void plan(Sound sound, Planner planner) {
        List<HostStatus> over = over(sound);
        accounts.keySet().retainAll(over.stream().map(HostStatus::number).toList());
        pace.watch(accounts.keySet());
        Map<Long, List<RepairPlan.Shortage>> cannot = new HashMap<>();
        for (HostStatus host : over) {
            pace.note(host.number(), clock.instant(), host.overBytes());
            List<RepairPlan.Shortage> before = planner.plan().shortages();
            plan(host, account(host), sound, planner);
            cannot.put(
                    host.number(),
                    planner.plan().shortages().stream()
                            .filter(shortage -> !before.contains(shortage))
                            .toList());
        }
        stuck = cannot;
    }

    private static List<HostStatus> over(Sound sound) {
        return sound.hosts().values().stream()
                .filter(host -> host.overBytes() > 0 && sound.counts(host.number()))
                .toList();
    }

    private Account account(HostStatus host) {
        Account account = accounts.computeIfAbsent(host.number(), any -> new Account());
        if (!Objects.equals(account.report, host.lastHeard())) {
            account.report = host.lastHeard();
            account.leftBytes = host.overBytes() - upkeep.leaving(host.number());
        }
        return account;
    }

    private void plan(HostStatus host, Account account, Sound sound, Planner planner) {
        while (account.leftBytes > 0) {
            List<KeptPack> page = survey.keptBy(host.number(), account.after, PAGE);
            for (KeptPack pack : page) {
                if (account.leftBytes <= 0) {
                    return;
                }
                long good = pack.copies().stream()
                        .filter(copy -> sound.counts(copy.host()))
                        .count();
                if (good > pack.n() || good == pack.n() && planner.move(pack, host.number())) {
                    account.leftBytes -= pack.length();
                }
                account.after = pack.id();
            }
            if (page.size() < PAGE) {
                account.after = 0;
                return;
            }
        }
    }

    /** A daemon empties its trash for central alone no faster than the time of the trash would. */
    private long perDay(HostStatus host) {
        return host.keptBytes() / Math.max(1, trashTime.toDays());
    }

    /** Where it stands for a host. */
    Reclaim of(HostStatus host) {
        OptionalLong rate = pace.bytesPerSecond(host.number());
        long left = host.overBytes();
        Long perDay = host.isOverForCentralAlone() ? perDay(host) : null;
        return new Reclaim(
                host.number(),
                host.name(),
                left,
                rate.isPresent() ? rate.getAsLong() : null,
                perDay,
                perDay != null && left > perDay
                        ? DrainPace.end(clock.instant(), left, OptionalLong.of(Math.max(1, perDay / DAY.toSeconds())))
                        : DrainPace.end(clock.instant(), left, rate),
                left > 0 ? stuck.getOrDefault(host.number(), List.of()) : List.of());
    }
}
