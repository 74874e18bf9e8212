package org.cranny.central.metrics;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.cranny.central.alert.AlertKind;
import org.cranny.central.alert.Alerts;
import org.cranny.central.alert.Notices;
import org.cranny.central.database.Database;
import org.cranny.central.dump.Dump;
import org.cranny.central.dump.Dumps;
import org.cranny.central.masterfile.MasterFiles;
import org.cranny.central.proof.StorageProofs;
import org.cranny.central.repair.Repairs;
import org.cranny.central.settings.Settings;
import org.cranny.central.snapshot.Snapshots;
import org.cranny.central.system.Coverage;
import org.cranny.central.system.Hosts;
import org.cranny.central.system.Inventory;
import org.cranny.central.system.Systems;
import org.cranny.protocol.masterfile.Host.State;

/**
 * The realm in figures. No name of a machine or a person is in them, and no series grows with the number of machines.
 *
 * <ul>
 *   <li>A scrape asks a few questions that indexes answer; scrapes within five seconds share one answer.
 *   <li>What reads all packs, snapshots or jobs is counted aside, at most once in {@code cranny.metrics.interval-seconds}
 *       and only while somebody scrapes; until it was counted once it is left out.
 * </ul>
 */
@ApplicationScoped
public class Metrics {
    /** What the text is. */
    public static final String MEDIA_TYPE = Exposition.MEDIA_TYPE;

    private static final Logger LOGGER = Logger.getLogger(Metrics.class.getName());
    private static final Duration KEPT = Duration.ofSeconds(5);

    private final Database database;
    private final Systems systems;
    private final Hosts hosts;
    private final Inventory inventory;
    private final Snapshots snapshots;
    private final MasterFiles masterFiles;
    private final Repairs repairs;
    private final StorageProofs proofs;
    private final Alerts alerts;
    private final Notices notices;
    private final Dumps dumps;
    private final Tally tally;
    private final Settings settings;
    private final Clock clock;
    private final AtomicBoolean counting = new AtomicBoolean();
    private volatile Slow slow;
    private String text;
    private Instant written = Instant.EPOCH;

    @Resource
    private ManagedExecutorService container;

    private Executor executor;

    protected Metrics() {
        this(null, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    @Inject
    public Metrics(
            Database database,
            Systems systems,
            Hosts hosts,
            Inventory inventory,
            Snapshots snapshots,
            MasterFiles masterFiles,
            Repairs repairs,
            StorageProofs proofs,
            Alerts alerts,
            Notices notices,
            Dumps dumps,
            Tally tally,
            Settings settings,
            Clock clock) {
        this.database = database;
        this.systems = systems;
        this.hosts = hosts;
        this.inventory = inventory;
        this.snapshots = snapshots;
        this.masterFiles = masterFiles;
        this.repairs = repairs;
        this.proofs = proofs;
        this.alerts = alerts;
        this.notices = notices;
        this.dumps = dumps;
        this.tally = tally;
        this.settings = settings;
        this.clock = clock;
    }

    /** Counts what takes long by this, instead of the server's threads. */
    public Metrics countingBy(Executor chosen) {
        executor = chosen;
        return this;
    }

    /** All metrics, as {@link #MEDIA_TYPE}. */
    public synchronized String text() {
        Instant now = clock.instant();
        if (text == null || now.isBefore(written) || !now.isBefore(written.plus(KEPT))) {
            countWhenDue(now);
            text = write();
            written = now;
        }
        return text;
    }

    private String write() {
        Exposition out = new Exposition();
        hosts(out);
        out.gauge("cranny_copies_waiting", "Committed packs that wait for copies.", repairs.waiting());
        alerts(out);
        out.gauge("cranny_outbox_messages", "Messages that wait to be delivered.", notices.waiting());
        out.gauge("cranny_master_file_version", "Version of the newest master file.", masterFiles.newest());
        out.gauge("cranny_database_bytes", "Size of the database.", database.octets());
        dumps(out);
        tally.write(out);
        Slow counted = slow;
        if (counted != null) {
            counted.write(out);
        }
        return out.text();
    }

    private void hosts(Exposition out) {
        Map<State, Long> states = hosts.states();
        out.metric("cranny_hosts", "gauge", "Hosts by state.");
        for (State state : State.values()) {
            out.value("state", state.name().toLowerCase(Locale.ROOT), states.getOrDefault(state, 0L));
        }
        out.gauge(
                "cranny_hosts_lost",
                "Hosts that were silent for longer than machines of their kind.",
                hosts.lost().size());
        out.gauge(
                "cranny_hosts_dubious",
                "Hosts that prove too little of what they keep to get anything new.",
                hosts.dubious().size());
        out.metric("cranny_proofs_total", "counter", "Fragments that hosts were to prove since central started.");
        proofs.counted().forEach((outcome, count) -> out.value("outcome", outcome, count));
        Coverage coverage = inventory.coverage();
        long used = coverage.keptBytes();
        long free = coverage.freeBytes() + coverage.idleBytes();
        out.gauge("cranny_space_given_bytes", "What hosts lend: used and free.", (double) used + free);
        out.gauge("cranny_space_used_bytes", "What hosts keep.", used);
        out.gauge("cranny_space_free_bytes", "What hosts still take.", free);
    }

    private void alerts(Exposition out) {
        Map<AlertKind, Long> lasting = alerts.lasting();
        out.metric("cranny_alerts", "gauge", "Alerts that last, by kind.");
        for (AlertKind kind : AlertKind.values()) {
            out.value("kind", kind.name().toLowerCase(Locale.ROOT), lasting.getOrDefault(kind, 0L));
        }
    }

    private void dumps(Exposition out) {
        List<Dump> there = dumps.list();
        Dump newest = there.isEmpty() ? null : there.get(0);
        out.gauge(
                "cranny_dump_timestamp_seconds",
                "When central was dumped last; 0 when it never was.",
                newest == null ? 0 : newest.made().getEpochSecond());
        out.gauge("cranny_dump_bytes", "Size of the newest dump.", newest == null ? 0 : newest.octets());
    }

    private void countWhenDue(Instant now) {
        Slow last = slow;
        boolean due = last == null
                || now.isBefore(last.counted())
                || !now.isBefore(last.counted().plus(settings.metricsInterval()));
        if (due && counting.compareAndSet(false, true)) {
            try {
                (executor == null ? container : executor).execute(this::count);
            } catch (RuntimeException e) {
                counting.set(false);
                LOGGER.log(Level.WARNING, "metrics are not counted now", e);
            }
        }
    }

    private void count() {
        try {
            slow = Slow.count(database, systems, snapshots, repairs, clock.instant());
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "metrics could not be counted", e);
        } finally {
            counting.set(false);
        }
    }
}
