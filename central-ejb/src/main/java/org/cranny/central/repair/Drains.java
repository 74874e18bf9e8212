package org.cranny.central.repair;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.cranny.central.placement.CopyFigures;
import org.cranny.central.placement.Survey;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.Hosts;
import org.cranny.protocol.masterfile.Host.State;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/** Says how far the emptying of hosts is, how fast it goes, and what cannot go. */
final class Drains {
    private static final int LOOKED_AT = 500;

    private final Survey survey;
    private final CopyFigures figures;
    private final Iterable<Burden> burdens;
    private final Clock clock;
    private final RandomGenerator random;
    private final DrainPace pace = new DrainPace();

    Drains(Survey survey, CopyFigures figures, Iterable<Burden> burdens, Clock clock, RandomGenerator random) {
        this.survey = survey;
        this.figures = figures;
        this.burdens = burdens;
        this.clock = clock;
        this.random = random;
    }

    /** Takes note of what drained hosts keep now. */
    void look(Sound sound) {
        List<Long> draining = sound.hosts().values().stream()
                .filter(host -> host.state() == State.DRAINING)
                .map(HostStatus::number)
                .toList();
        pace.watch(draining);
        draining.forEach(
                host -> pace.note(host, clock.instant(), load(host, sound.bad()).bytes()));
    }

    /** @throws ProblemException NOT_FOUND */
    Drain of(long number, Hosts hosts) {
        HostStatus host = hosts.named(Set.of(number)).get(number);
        if (host == null) {
            throw new ProblemException(ProblemKind.NOT_FOUND, "there is no host with the number " + number);
        }
        Load load = load(number, hosts.bad());
        OptionalLong rate = pace.bytesPerSecond(number);
        List<RepairPlan.Shortage> stuck =
                host.state() == State.DRAINING ? stuck(number, load.wanting(), hosts) : List.of();
        return new Drain(
                number,
                host.name(),
                host.state().name(),
                load.fragments(),
                load.bytes(),
                load.wanting(),
                rate.isPresent() ? rate.getAsLong() : null,
                DrainPace.end(clock.instant(), load.bytes(), rate),
                stuck.stream().map(RepairPlan.Shortage::reason).toList(),
                stuck);
    }

    /** Of the packs that wait for a copy elsewhere, those that cannot get one now, and of what nobody copies, why. */
    private List<RepairPlan.Shortage> stuck(long number, long wanting, Hosts hosts) {
        List<RepairPlan.Shortage> stuck = new ArrayList<>();
        if (wanting > 0) {
            Sound sound = Sound.now(hosts);
            stuck.addAll(new Planner(sound, Integer.MAX_VALUE, Integer.MAX_VALUE, random)
                    .repair(survey.wantingOn(number, sound.bad(), LOOKED_AT))
                    .plan()
                    .shortages());
        }
        long unnamed = figures.unnamed(number);
        if (unnamed > 0) {
            stuck.add(new RepairPlan.Shortage(
                    unnamed,
                    "no snapshot names them yet: they are copied when the backup that made them is committed,"
                            + " or deleted after cranny.prune.uncommitted-seconds"));
        }
        return stuck;
    }

    private record Load(long fragments, long bytes, long wanting) {}

    private Load load(long host, Set<Long> bad) {
        long[] packs = figures.load(host, bad);
        long fragments = packs[0];
        long bytes = packs[1];
        for (Burden burden : burdens) {
            Burden.Load more = burden.on(host);
            fragments += more.fragments();
            bytes += more.bytes();
        }
        return new Load(fragments, bytes, packs[2]);
    }
}
