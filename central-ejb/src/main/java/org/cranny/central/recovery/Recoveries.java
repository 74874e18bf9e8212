package org.cranny.central.recovery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.cranny.central.approval.Approval;
import org.cranny.central.approval.Approvals;
import org.cranny.central.authority.Authority;
import org.cranny.central.browse.Openings;
import org.cranny.central.database.Database;
import org.cranny.central.enrollment.Tokens;
import org.cranny.central.escrow.KeyRings;
import org.cranny.central.job.JobSeal;
import org.cranny.central.job.Jobs;
import org.cranny.central.log.AuditLog;
import org.cranny.central.settings.Settings;
import org.cranny.central.snapshot.Snapshots;
import org.cranny.central.system.Systems;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.recovery.HandOverRequest;
import org.cranny.protocol.recovery.HandedOver;

/**
 * Brings lost machines back (figure 7 of the specification): central finds the fragments in its own catalogue, opens
 * the deposited key ring because a person asked, fetches and opens; or hands the place over to another machine.
 *
 * <p>Life of a recovery: asked for by a person, begun as often as is needed until it expires, ended. What was asked, who
 * asked and what came of it is in the log and in the database, without file names; what was chosen is there too, sealed,
 * until the recovery expires, so a central that was restarted goes on with the same request.
 */
@ApplicationScoped
public class Recoveries {
    private static final Duration LIFE = Duration.ofDays(1);

    private final Database database;
    private final AuditLog log;
    private final Systems systems;
    private final Approvals approvals;
    private final RecoveryNews news;
    private final Clock clock;
    private final SecureRandom random;
    private final Requests requests;
    private final RecoveryRows rows;
    private final Choices choices;
    private final Runs runs;
    private final Archives archives;
    private final Glimpses glimpses;
    private final HandOvers handOvers;
    private final AgentOrders agentOrders;

    protected Recoveries() {
        this(null, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    @Inject
    public Recoveries(
            Database database,
            AuditLog log,
            Systems systems,
            Authority authority,
            Settings settings,
            Snapshots snapshots,
            Approvals approvals,
            KeyRings keyRings,
            Openings openings,
            Jobs jobs,
            JobSeal seal,
            RecoveryNews news,
            Clock clock,
            SecureRandom random) {
        this.database = database;
        this.log = log;
        this.systems = systems;
        this.approvals = approvals;
        this.news = news;
        this.clock = clock;
        this.random = random;
        this.requests = new Requests(systems, snapshots, authority);
        this.rows = new RecoveryRows(database);
        this.choices = new Choices(database, seal);
        this.runs = new Runs(database, log, clock);
        this.archives = new Archives(authority, approvals, keyRings, openings, choices, runs, clock);
        this.glimpses = new Glimpses(authority, approvals, keyRings, openings, choices);
        this.handOvers =
                new HandOvers(database, log, systems, authority, settings, approvals, keyRings, openings, rows, clock);
        this.agentOrders = new AgentOrders(database, approvals, choices, jobs, clock, random);
    }

    /** Asks for a recovery. A token for a replacement machine is in this answer and never again. */
    public Recovery ask(String actor, long system, RecoveryRequest request) {
        Wanted wanted = requests.read(system, request);
        String token = wanted.way() == Way.HAND_OVER ? Tokens.make(random) : null;
        return database.durably(entities -> {
            wanted.systems().forEach(systems::lock);
            Optional<Approval> approval = approvals.ask(actor, system, wanted.purpose(), wanted.why());
            RecoveryRow row = row(actor, wanted, approval, token);
            keep(entities, row, wanted.choice());
            log.append(actor, "recovery", "system " + system, "recovery " + row.id() + ", " + wanted.described());
            if (wanted.way() == Way.AGENT && approval.isEmpty()) {
                agentOrders.tell(actor, row);
            }
            Recovery shown = row.shown(null, approval.map(Approval::state).orElse(null), token);
            news.asked(shown);
            return shown;
        });
    }

    private RecoveryRow row(String actor, Wanted wanted, Optional<Approval> approval, String token) {
        Instant now = clock.instant();
        Instant expires = approval.map(each -> Instant.parse(each.expires())).orElse(now.plus(LIFE));
        RecoveryRow row = new RecoveryRow(wanted, actor, now, expires)
                .under(approval.map(Approval::id).orElse(null));
        return token == null ? row : row.withToken(Tokens.hash(token));
    }

    private void keep(EntityManager entities, RecoveryRow row, Choice choice) {
        entities.persist(row);
        entities.flush();
        choices.keep(entities, row, choice, clock.instant());
        entities.flush();
    }

    /** Tells another machine's agent to take the place, which had to wait for leave. */
    public Recovery tell(String actor, long id) {
        agentOrders.tell(actor, rows.find(id));
        return find(id);
    }

    public Recovery find(long id) {
        return shown(rows.find(id));
    }

    /** The newest recoveries, newest first. @param systems only of these; null for all */
    public List<Recovery> newest(List<Long> systems, int limit) {
        return rows.newest(systems, limit).stream().map(this::shown).toList();
    }

    private Recovery shown(RecoveryRow row) {
        String state =
                row.approval() == null ? null : approvals.find(row.approval()).state();
        return row.shown(runs.of(row.id()), state, null);
    }

    /** Opens what an archive needs; a recovery that is running is stopped for it. */
    public ArchiveRun begin(String actor, long id) {
        return archives.begin(actor, rows.find(id));
    }

    /**
     * Opens the beginning of a file, of a recovery of this file alone as an archive.
     *
     * @param path in the notation of paths
     * @throws ProblemException NOT_APPROVED without leave, NOT_FOUND when the recovery expired, BAD_REQUEST when it is of
     *     something else
     */
    public Glimpse look(String actor, long id, String path) {
        RecoveryRow row = rows.find(id);
        if (!row.mayBegin(clock.instant())) {
            throw new ProblemException(ProblemKind.NOT_FOUND, "recovery " + id + " has expired: ask for another one");
        }
        return glimpses.at(actor, row, path);
    }

    /**
     * Gives the place of a lost machine to another one: a certificate for the same system, the key ring sealed to the
     * new machine. The key of before is good for nothing any more. The same request again gives the same place.
     */
    public HandedOver handOver(HandOverRequest request) {
        return handOvers.handOver(request);
    }
}
