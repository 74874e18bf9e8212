package org.cranny.central.proof;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.cranny.central.authority.Authority;
import org.cranny.central.database.Database;
import org.cranny.central.log.AuditLog;
import org.cranny.central.placement.Custody;
import org.cranny.central.placement.Daemons;
import org.cranny.central.placement.Sample;
import org.cranny.central.placement.Samples;
import org.cranny.central.settings.Settings;
import org.cranny.central.system.HostHonesty;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.Hosts;
import org.cranny.protocol.masterfile.Host.State;

/**
 * Has every host that can be reached prove some of what it keeps, each day so much: fragments and leaves are drawn anew, so
 * that nobody can answer who has not the octets, or by what was answered before.
 *
 * <ul>
 *   <li>A copy that is not proved counts no more, and its host is less honest ({@link org.cranny.central.system.Honesty}).
 *   <li>To be away is no lie: a host that reports nothing, or that nobody reaches, is asked nothing.
 *   <li>A host that reports and leaves each request unanswered for {@link #PATIENCE}, {@value #TIMES} at least, answers wrongly
 *       from then on, as long as more hosts answer than do not: otherwise it is central that reaches nobody. No copy is
 *       lost by that alone.
 * </ul>
 */
@ApplicationScoped
public class StorageProofs {
    static final Duration PATIENCE = Duration.ofDays(1);
    static final int TIMES = 4;

    private static final Logger LOGGER = Logger.getLogger(StorageProofs.class.getName());
    private static final int AT_ONCE = 16;
    private static final int TIMES_A_DAY = 6;
    private static final int COURIERS = 4;
    private static final int NAMED = 10;

    private final Database database;
    private final Hosts hosts;
    private final HostHonesty honesty;
    private final Samples samples;
    private final Custody custody;
    private final AuditLog log;
    private final Settings settings;
    private final Clock clock;
    private final SecureRandom random;
    private final Questions questions;
    private final LongAdder right = new LongAdder();
    private final LongAdder wrong = new LongAdder();
    private final LongAdder unanswered = new LongAdder();

    protected StorageProofs() {
        this.database = null;
        this.hosts = null;
        this.honesty = null;
        this.samples = null;
        this.custody = null;
        this.log = null;
        this.settings = null;
        this.clock = null;
        this.random = null;
        this.questions = null;
    }

    @Inject
    public StorageProofs(
            Database database,
            Hosts hosts,
            HostHonesty honesty,
            Samples samples,
            Custody custody,
            Daemons daemons,
            Authority authority,
            AuditLog log,
            Settings settings,
            Clock clock,
            SecureRandom random) {
        this.database = database;
        this.hosts = hosts;
        this.honesty = honesty;
        this.samples = samples;
        this.custody = custody;
        this.log = log;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.questions = new Questions(daemons, authority, random);
    }

    /** Fragments that were proved, that were not, and of which nothing was said, since central started. */
    public Map<String, Long> counted() {
        Map<String, Long> counted = new LinkedHashMap<>();
        counted.put("right", right.sum());
        counted.put("wrong", wrong.sum());
        counted.put("unanswered", unanswered.sum());
        return counted;
    }

    /** What a host was asked. @throws org.cranny.protocol.problem.ProblemException NOT_FOUND */
    public HostProofs of(long host) {
        double honest = honesty.of(host);
        Instant now = clock.instant();
        HostProofRow row = database.read(entities -> entities.find(HostProofRow.class, host));
        return row == null ? new HostProofs(host, 0, 0, honest, null) : row.proofs(honest, now);
    }

    /** Asks the hosts that owe enough proofs for a request. */
    public void round() {
        Map<HostStatus, List<Sample>> drawn = new LinkedHashMap<>();
        if (settings.proofsPerDay() > 0) {
            for (HostStatus host : due()) {
                List<Sample> some = samples.draw(host.number(), atOnce(), random);
                if (!some.isEmpty()) {
                    drawn.put(host, some);
                }
            }
        }
        if (!drawn.isEmpty()) {
            ask(drawn);
        }
    }

    /**
     * Asks a host for fragments of which somebody else says that it does not have them. Its honesty is not judged by this.
     *
     * @return those that it did not prove
     * @throws IOException when it gives no answer, or one to something else
     */
    public List<Sample> unproved(HostStatus host, List<Sample> doubted) throws IOException {
        List<Sample> unproved = new ArrayList<>();
        for (int from = 0; from < doubted.size(); from += AT_ONCE) {
            List<Sample> some = doubted.subList(from, Math.min(doubted.size(), from + AT_ONCE));
            unproved.addAll(questions.ask(host, some).wrong());
        }
        return unproved;
    }

    private int atOnce() {
        return (int) Math.max(1, Math.min(AT_ONCE, settings.proofsPerDay() / TIMES_A_DAY));
    }

    /** Hosts that report and can be reached and owe enough; from now on they have paid. */
    private List<HostStatus> due() {
        Instant now = clock.instant();
        List<HostStatus> reachable = hosts.all().stream()
                .filter(host -> host.state() != State.SUSPECT && host.state() != State.UNREACHABLE)
                .toList();
        return database.durably(entities -> {
            Map<Long, HostProofRow> rows = entities.createQuery("select r from HostProofRow r", HostProofRow.class)
                    .getResultStream()
                    .collect(Collectors.toMap(HostProofRow::host, Function.identity()));
            List<HostStatus> due = new ArrayList<>();
            for (HostStatus host : reachable) {
                HostProofRow row = rows.get(host.number());
                if (row == null) {
                    entities.persist(new HostProofRow(host.number(), now));
                } else if (row.owed(now, settings.proofsPerDay()) >= atOnce()) {
                    row.paid(now);
                    due.add(host);
                }
            }
            return due;
        });
    }

    private void ask(Map<HostStatus, List<Sample>> drawn) {
        ExecutorService couriers = Executors.newFixedThreadPool(Math.min(COURIERS, drawn.size()), task -> {
            Thread thread = new Thread(task, "proof");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Map<HostStatus, Future<Questions.Answers>> asked = new LinkedHashMap<>();
            drawn.forEach((host, some) -> asked.put(host, couriers.submit(() -> questions.ask(host, some))));
            for (Map.Entry<HostStatus, Future<Questions.Answers>> each : asked.entrySet()) {
                settle(each.getKey(), drawn.get(each.getKey()), each.getValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            couriers.shutdownNow();
        }
    }

    private void settle(HostStatus host, List<Sample> asked, Future<Questions.Answers> answers)
            throws InterruptedException {
        try {
            answered(host.number(), answers.get());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof IOException)) {
                throw new IllegalStateException(e.getCause());
            }
            silent(host, asked.size(), e.getCause().getMessage());
        }
    }

    private void answered(long host, Questions.Answers answers) {
        Instant now = clock.instant();
        database.durably(entities -> {
            List<Sample> lost = answers.wrong().stream()
                    .filter(sample -> custody.lost(sample.source(), sample.pack(), host))
                    .toList();
            entities.find(HostProofRow.class, host).answered(now, answers.right(), lost.size());
            if (!lost.isEmpty()) {
                log.append("central", "not proved", "host " + host, detail(lost));
            }
            honesty.proved(host, answers.right(), lost.size());
            right.add(answers.right());
            wrong.add(lost.size());
            return null;
        });
    }

    private static String detail(List<Sample> lost) {
        String named = lost.stream()
                .limit(NAMED)
                .map(sample -> sample.fragment() + " of system " + sample.source())
                .collect(Collectors.joining("; "));
        return lost.size() + " copies count no more: " + named;
    }

    private void silent(HostStatus host, int asked, String reason) {
        LOGGER.log(Level.INFO, "host {0} proved nothing: {1}", new Object[] {host.number(), reason});
        Instant now = clock.instant();
        unanswered.add(asked);
        database.durably(entities -> {
            HostProofRow row = entities.find(HostProofRow.class, host.number());
            row.silent(now);
            if (row.refuses(now, PATIENCE, TIMES) && moreAnswer(now)) {
                row.count(now, 0, asked);
                log.append("central", "proves nothing", "host " + host.number(), reason);
                honesty.proved(host.number(), 0, asked);
            }
            return null;
        });
    }

    private boolean moreAnswer(Instant now) {
        return database.read(entities -> {
            long answering = entities.createQuery(
                            "select count(r) from HostProofRow r where r.silentMillis is null"
                                    + " and r.answeredMillis > :since",
                            Long.class)
                    .setParameter("since", now.minus(PATIENCE).toEpochMilli())
                    .getSingleResult();
            long silent = entities.createQuery(
                            "select count(r) from HostProofRow r where r.silentMillis is not null", Long.class)
                    .getSingleResult();
            return answering > silent;
        });
    }
}
