package org.cranny.central.repair;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.cranny.central.authority.Authority;
import org.cranny.central.log.AuditLog;
import org.cranny.central.placement.CopyCount;
import org.cranny.central.placement.CopyFigures;
import org.cranny.central.placement.Custody;
import org.cranny.central.placement.Daemons;
import org.cranny.central.placement.InventoryCheck;
import org.cranny.central.placement.Sample;
import org.cranny.central.placement.Survey;
import org.cranny.central.placement.Upkeep;
import org.cranny.central.proof.StorageProofs;
import org.cranny.central.settings.Settings;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.Hosts;
import org.cranny.central.system.Systems;
import org.cranny.protocol.custody.CopyAnswer;
import org.cranny.protocol.custody.CopyAnswer.Copied;
import org.cranny.protocol.custody.CopyOrder;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.grant.Act;
import org.cranny.protocol.id.SystemId;
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
    private static final Logger LOGGER = Logger.getLogger(Repairs.class.getName());
    private static final int PAGE = 500;

    /** Reasons for which a host that could not copy says that the other one is to blame. */
    private static final Set<String> BLAMES = Set.of(ProblemKind.NOT_FOUND.name(), ProblemKind.WRONG_HASH.name());

    private final Survey survey;
    private final CopyFigures figures;
    private final PuttingAway away;
    private final Drains drains;
    private final Reclaims reclaims;
    private final Custody custody;
    private final Daemons daemons;
    private final StorageProofs proofs;
    private final InventoryCheck inventoryCheck;
    private final Hosts hosts;
    private final Systems systems;
    private final Authority authority;
    private final AuditLog log;
    private final Settings settings;
    private final Clock clock;
    private final SecureRandom random;
    private volatile Instant listeningSince;

    protected Repairs() {
        this.survey = null;
        this.figures = null;
        this.away = null;
        this.drains = null;
        this.reclaims = null;
        this.custody = null;
        this.daemons = null;
        this.proofs = null;
        this.inventoryCheck = null;
        this.hosts = null;
        this.systems = null;
        this.authority = null;
        this.log = null;
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
        this.drains = new Drains(survey, figures, burdens, clock, random);
        this.custody = custody;
        this.daemons = daemons;
        this.proofs = proofs;
        this.inventoryCheck = inventoryCheck;
        this.hosts = hosts;
        this.systems = systems;
        this.authority = authority;
        this.log = log;
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
        int made = plan.orders().isEmpty() ? 0 : execute(plan, sound);
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

    private int execute(RepairPlan plan, Sound sound) {
        ExecutorService couriers = Executors.newFixedThreadPool(settings.copiesAtOnce(), Repairs::daemonThread);
        try {
            Map<RepairPlan.Order, Future<CopyAnswer>> underWay = new LinkedHashMap<>();
            for (RepairPlan.Order order : plan.orders()) {
                HostStatus to = sound.hosts().get(order.to());
                String grant = grant(
                        Act.COPY, order.to(), authority.identity().certificate().getPublicKey(), order);
                CopyOrder wire = wire(order, sound.hosts().get(order.from()));
                underWay.put(order, couriers.submit(() -> daemons.copy(to, grant, wire)));
            }
            int made = 0;
            for (Map.Entry<RepairPlan.Order, Future<CopyAnswer>> each : underWay.entrySet()) {
                made += settle(each.getKey(), each.getValue(), sound);
            }
            return made;
        } finally {
            couriers.shutdownNow();
        }
    }

    private CopyOrder wire(RepairPlan.Order order, HostStatus from) {
        String grant = grant(Act.READ, order.from(), systems.key(order.to()), order);
        List<CopyOrder.Item> items = order.copies().stream()
                .map(copy -> new CopyOrder.Item(copy.pack().pack(), copy.pack().length()))
                .toList();
        String key =
                Base64.getEncoder().encodeToString(systems.key(order.source()).getEncoded());
        return new CopyOrder(
                order.from(),
                from.address(),
                grant,
                key,
                items,
                settings.copyBytesPerSecond(),
                settings.copyLinkPercent());
    }

    private String grant(Act act, long daemon, PublicKey holder, RepairPlan.Order order) {
        List<FragmentId> fragments = order.copies().stream()
                .map(copy -> FragmentId.of(copy.pack().pack()))
                .toList();
        return authority.grant(
                act,
                new SystemId(authority.realm(), daemon),
                holder,
                new SystemId(authority.realm(), order.source()),
                order.bytes(),
                fragments);
    }

    private int settle(RepairPlan.Order order, Future<CopyAnswer> answer, Sound sound) {
        try {
            SystemId source = new SystemId(authority.realm(), order.source());
            int made = 0;
            Map<Sample, String> lost = new LinkedHashMap<>();
            for (Copied copied : answer.get().fragments()) {
                for (RepairPlan.Copy copy : order.copies()) {
                    if (!copy.pack().pack().equals(copied.fragment())) {
                        continue;
                    }
                    if (copied.receipt() == null) {
                        FragmentId id = FragmentId.of(copied.fragment());
                        lost.put(new Sample(order.source(), id, id, copy.pack().length()), copied.reason());
                    } else if (custody.copied(source, copy.pack().with(copy.number(), copied.receipt()))) {
                        made++;
                    }
                }
            }
            lost.values().removeIf(reason -> reason == null || !BLAMES.contains(reason));
            if (!lost.isEmpty()) {
                hear(order, sound.hosts().get(order.from()), lost);
            }
            return made;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof IOException)) {
                throw new IllegalStateException(e.getCause());
            }
            LOGGER.log(Level.WARNING, "host {0} made no copies from host {1}: {2}", new Object[] {
                order.to(), order.from(), e.getCause().getMessage()
            });
            return 0;
        }
    }

    /**
     * A host says that another one does not have what it should: that one is asked itself, and what it proves counts. While
     * it gives no answer, the last copy of a pack goes on counting.
     */
    private void hear(RepairPlan.Order order, HostStatus accused, Map<Sample, String> said) {
        List<Sample> lost;
        try {
            List<Sample> unproved = proofs.unproved(accused, List.copyOf(said.keySet()));
            lost = unproved.stream()
                    .filter(each -> custody.lost(each.source(), each.pack(), accused.number()))
                    .toList();
            if (unproved.size() < said.size()) {
                log.append(
                        "central",
                        "contradicted",
                        "host " + order.to(),
                        "host " + accused.number() + " proved " + (said.size() - unproved.size())
                                + " fragments of which it says that that one has lost them");
            }
        } catch (IOException e) {
            LOGGER.log(Level.INFO, "host {0} does not prove what host {1} says that it has lost: {2}", new Object[] {
                accused.number(), order.to(), e.getMessage()
            });
            lost = said.keySet().stream()
                    .filter(each -> custody.doubted(each.source(), each.pack(), accused.number()))
                    .toList();
        }
        for (Sample each : lost) {
            log.append(
                    "central",
                    "copy lost",
                    "host " + accused.number(),
                    said.get(each) + ": " + each.fragment() + " of system " + each.source());
        }
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

    private static Thread daemonThread(Runnable task) {
        Thread thread = new Thread(task, "copy");
        thread.setDaemon(true);
        return thread;
    }
}
