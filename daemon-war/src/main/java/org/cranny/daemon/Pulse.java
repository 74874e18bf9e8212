package org.cranny.daemon;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import org.cranny.daemon.heartbeat.Heartbeats;
import org.cranny.daemon.identity.CertificateRenewal;
import org.cranny.daemon.intake.Takings;
import org.cranny.daemon.monitor.Monitor;
import org.cranny.daemon.reclaim.Lent;
import org.cranny.daemon.scrub.Scrub;
import org.cranny.daemon.shelf.Shelf;
import org.cranny.daemon.status.Counters;
import org.cranny.daemon.upgrade.Upgrades;

/** Starts the parts with the daemon and fires the timers; what they do is theirs. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Pulse {
    private static final Logger LOG = System.getLogger(Pulse.class.getName());
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration FIRST_LOOK = Duration.ofMillis(1_500);
    private static final Duration KEEP_PAUSE = Duration.ofSeconds(5);
    private static final Duration FIRST_SCRUB = Duration.ofSeconds(10);

    private final Tasks tasks = new Tasks();

    @Resource
    private TimerService timers;

    @Inject
    private Instance<Shelf> shelf;

    @Inject
    private Instance<Heartbeats> heartbeats;

    @Inject
    private Instance<Monitor> monitor;

    @Inject
    private Instance<Counters> counters;

    @Inject
    private Instance<Takings> takings;

    @Inject
    private Instance<Lent> lent;

    @Inject
    private Instance<CertificateRenewal> renewal;

    @Inject
    private Instance<Upgrades> upgrades;

    @Inject
    private Instance<Scrub> scrub;

    /** Makes every part now. A daemon that lacks one would stay up and answer nothing, so it ends instead. */
    @PostConstruct
    void start() {
        try {
            Objects.requireNonNull(shelf.get());
            Objects.requireNonNull(heartbeats.get());
            Objects.requireNonNull(takings.get());
            Objects.requireNonNull(renewal.get());
            Objects.requireNonNull(upgrades.get());
            Objects.requireNonNull(scrub.get());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the daemon cannot start: {0}", reason(e));
            Runtime.getRuntime().halt(1);
        }
        begin("heartbeat", FIRST, () -> {
            heartbeats.get().beat();
            return interval();
        });
        begin("look at other hosts", FIRST_LOOK, () -> {
            monitor.get().look();
            return interval();
        });
        begin("look for an upgrade", FIRST_LOOK, () -> {
            upgrades.get().look();
            return interval();
        });
        begin("keeping counts", KEEP_PAUSE, this::keep);
        begin("look at what is lent", KEEP_PAUSE, this::followTheOwner);
        begin("renewal", renewal.get().first(), () -> renewal.get().look());
        begin("scrub", FIRST_SCRUB, () -> scrub.get().look());
    }

    private void begin(String task, Duration first, Tasks.Task work) {
        tasks.add(task, work);
        after(first, task);
    }

    /** What a part said, without what the container wrapped around it. */
    private static String reason(RuntimeException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof IOException)) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }

    @Timeout
    void fire(Timer timer) {
        String task = (String) timer.getInfo();
        after(tasks.run(task), task);
    }

    private void after(Duration pause, String task) {
        timers.createSingleActionTimer(Math.max(1, pause.toMillis()), new TimerConfig(task, false));
    }

    private Duration keep() throws IOException {
        counters.get().keep();
        takings.get().keep();
        return KEEP_PAUSE;
    }

    private Duration followTheOwner() throws IOException, InterruptedException {
        if (lent.get().look()) {
            heartbeats.get().beat();
        }
        return KEEP_PAUSE;
    }

    private Duration interval() {
        return Duration.ofSeconds(heartbeats.get().intervalSeconds());
    }
}
