package org.cranny.central.repair;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.cranny.central.authority.Authority;
import org.cranny.central.log.AuditLog;
import org.cranny.central.placement.CopyCount;
import org.cranny.central.placement.CopyFigures;
import org.cranny.central.placement.Custody;
import org.cranny.central.placement.Daemons;
import org.cranny.central.placement.InventoryCheck;
import org.cranny.central.placement.Survey;
import org.cranny.central.placement.Upkeep;
import org.cranny.central.proof.StorageProofs;
import org.cranny.central.settings.Settings;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.Hosts;
import org.cranny.central.system.Systems;
import org.cranny.protocol.masterfile.Host.State;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Sees to it that every committed pack has as many good copies as its source wants, by having hosts fetch them from each
 * other; and empties hosts that are to leave. The packs with the fewest copies come first; so many copies are under way
 * at once and no more; a copy counts when a receipt for it was believed. Copies beyond what is wanted, for one because a
 * host came back, are put away by plan, never below what is wanted in distinct failure domains. Owners who lend less
 * than their hosts keep get the room back in the same way.
 */
@ApplicationScoped
public class Repairs {
    private static final int PAGE = 500;

    private final Survey survey;
    private final CopyFigures figures;
    private final PuttingAway away;
    private final Couriers couriers;
    private final Drains drains;
    private final Reclaims reclaims;
    private final InventoryCheck inventoryCheck;
    private final Hosts hosts;
    private final Systems systems;
    private final Settings settings;
    private final Clock clock;
    private final SecureRandom random;
    private volatile Instant listeningSince;

    protected Repairs() {
        this.survey = null;
        this.figures = null;
        this.away = null;
        this.couriers = null;
        this.drains = null;
        this.reclaims = null;
        this.inventoryCheck = null;
        this.hosts = null;
        this.systems = null;
        this.settings = null;
        this.clock = null;
        this.random = null;
        this.listeningSince = null;
    }

    @Inject
    public Repairs(
            Upkeep upkeep,
            Survey survey,
            CopyFigures figures,
            @Any Instance<Burden> burdens,
            Custody custody,
            Daemons daemons,
            StorageProofs proofs,
            InventoryCheck inventoryCheck,
            Hosts hosts,
            Systems systems,
            Authority authority,
            AuditLog log,
            Settings settings,
            Clock clock,
            SecureRandom random) {
        this(
                upkeep,
                survey,
                figures,
                (Iterable<Burden>) burdens,
                custody,
                daemons,
                proofs,
                inventoryCheck,
                hosts,
                systems,
                authority,
                log,
                settings,
                clock,
                random);
    }

    public Repairs(
            Upkeep upkeep,
            Survey survey,
            CopyFigures figures,
            Iterable<Burden> burdens,
            Custody custody,
            Daemons daemons,
            StorageProofs proofs,
            InventoryCheck inventoryCheck,
            Hosts hosts,
            Systems systems,
            Authority authority,
            AuditLog log,
            Settings settings,
            Clock clock,
            SecureRandom random) {
        this.survey = survey;
        this.figures = figures;
        this.away = new PuttingAway(upkeep, survey);
        this.reclaims = new Reclaims(survey, upkeep, settings.trashTime(), clock);
        this.couriers = new Couriers(custody, daemons, proofs, systems, authority, log, settings);
        this.drains = new Drains(survey, figures, burdens, clock, random);
        this.inventoryCheck = inventoryCheck;
        this.hosts = hosts;
        this.systems = systems;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.listeningSince = clock.instant();
    }

    /** What the next round would copy. */
    public RepairPlan plan() {
        return plan(sound());
    }

    private RepairPlan plan(Sound sound) {
        return repair(sound).plan();
    }

    private Planner repair(Sound sound) {
        survey.weigh(sound.bad());
        return new Planner(sound, settings.copiesAtOnce(), settings.copiesPerHost(), random)
                .repair(survey.wanting(sound.bad(), 0, PAGE));
    }

    /**
     * Plans, copies, and puts away what is too much. A central that has only just begun to listen waits, because hosts
     * that have not reported yet look lost.
     *
     * @return how many copies were made
     */
    public int round() {
        if (isListeningTooBriefly()) {
            return 0;
        }
        Sound sound = sound();
        away.reclaim(sound);
        Planner planner = repair(sound);
        reclaims.plan(sound, planner);
        RepairPlan plan = planner.plan();
        int made = plan.orders().isEmpty() ? 0 : couriers.run(plan, sound.hosts());
        away.empty(sound);
        if (plan.orders().isEmpty()) {
            away.surplus(sound);
        }
        survey.settle(sound.bad());
        drains.look(sound);
        return made;
    }

    /**
     * Puts away what hosts keep beyond what their owners lend, as far as there are copies enough elsewhere. It waits for no
     * copy that is under way, however long a round takes.
     */
    public void giveBack() {
        if (!isListeningTooBriefly() && hosts.isAnyOver()) {
            away.reclaim(sound());
        }
    }

    private boolean isListeningTooBriefly() {
        Instant now = clock.instant();
        if (now.isBefore(listeningSince)) {
            listeningSince = now;
        }
        return now.isBefore(listeningSince.plus(settings.suspectAfter(hosts.count())));
    }

    private Sound sound() {
        return Sound.now(hosts);
    }

    /** All committed packs by how many good copies they have now: reads all of them. */
    public List<CopyCount> redundancy() {
        return figures.counts(hosts.bad());
    }

    /** How many packs wait for copies. */
    public long waiting() {
        return figures.wanting(hosts.bad());
    }

    /** A source's committed packs by how many good copies they have now. */
    public List<CopyCount> redundancy(long source) {
        systems.key(source);
        return figures.counts(source, hosts.bad());
    }

    /** Where the emptying of a host stands, and when it will end at the rate of the last minutes. */
    public Drain drain(long number) {
        return drains.of(number, hosts);
    }

    /** Where it stands with the room that a host's owner wants back. @throws ProblemException NOT_FOUND */
    public Reclaim reclaim(long number) {
        HostStatus host = hosts.named(Set.of(number)).get(number);
        if (host == null) {
            throw new ProblemException(ProblemKind.NOT_FOUND, "there is no host with the number " + number);
        }
        return reclaims.of(host);
    }

    /**
     * Begins to empty a host, or ends that. A host that was quarantined is let in when it has said what it keeps, and only
     * what is there counts again.
     *
     * @throws ProblemException BAD_REQUEST when it is quarantined and gives no answer; then it stays so
     */
    public Drain decide(long number, boolean drain, String actor) {
        HostStatus host = hosts.named(Set.of(number)).get(number);
        if (!drain && host != null && host.state() == State.QUARANTINED) {
            try {
                inventoryCheck.compare(host);
            } catch (IOException e) {
                throw new ProblemException(Problem.ofField(
                        "id",
                        "host " + number + " is quarantined, and is let in when it can be asked what it keeps: "
                                + e.getMessage()));
            }
        }
        hosts.decide(number, drain ? State.DRAINING : State.ACCEPTING, actor);
        return drain(number);
    }

    /** Takes an empty host off the list for good. @throws ProblemException BAD_REQUEST while it keeps anything */
    public void retire(long number, String actor) {
        Drain drain = drain(number);
        if (!State.DRAINING.name().equals(drain.state()) || drain.fragments() > 0) {
            throw new ProblemException(Problem.ofField(
                    "id",
                    "host " + number + " is " + drain.state() + " and keeps " + drain.fragments()
                            + " fragments: drain it first"));
        }
        hosts.retire(number, actor);
    }
}
