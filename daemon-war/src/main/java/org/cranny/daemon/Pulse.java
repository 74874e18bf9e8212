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
    private static final String HEARTBEAT = "heartbeat";
    private static final String LOOK = "look";
    private static final String KEEP = "keep";
    private static final String RENEW = "renew";
    private static final String UPGRADE = "upgrade";
    private static final String SCRUB = "scrub";
    private static final long FIRST_MILLIS = 100;
    private static final long FIRST_LOOK_MILLIS = 1_500;
    private static final long KEEP_MILLIS = 5_000;
    private static final Duration FIRST_SCRUB = Duration.ofSeconds(10);

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
        timers.createSingleActionTimer(FIRST_MILLIS, new TimerConfig(HEARTBEAT, false));
        timers.createSingleActionTimer(FIRST_LOOK_MILLIS, new TimerConfig(LOOK, false));
        timers.createSingleActionTimer(FIRST_LOOK_MILLIS, new TimerConfig(UPGRADE, false));
        timers.createIntervalTimer(KEEP_MILLIS, KEEP_MILLIS, new TimerConfig(KEEP, false));
        renewAfter(renewal.get().first());
        scrubAfter(FIRST_SCRUB);
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
    void fire(Timer timer) throws IOException, InterruptedException {
        if (KEEP.equals(timer.getInfo())) {
            counters.get().keep();
            takings.get().keep();
            if (lent.get().look()) {
                heartbeats.get().beat();
            }
        } else if (LOOK.equals(timer.getInfo())) {
            again(LOOK, monitor.get()::look);
        } else if (UPGRADE.equals(timer.getInfo())) {
            again(UPGRADE, upgrades.get()::look);
        } else if (SCRUB.equals(timer.getInfo())) {
            scrub();
        } else if (RENEW.equals(timer.getInfo())) {
            renewAfter(renewal.get().look());
        } else {
            again(HEARTBEAT, heartbeats.get()::beat);
        }
    }

    /** Does it, and once more after an interval: reports never wait for looks that take their time. */
    private void again(String info, Act act) throws InterruptedException {
        try {
            act.run();
        } finally {
            timers.createSingleActionTimer(heartbeats.get().intervalSeconds() * 1_000L, new TimerConfig(info, false));
        }
    }

    private void scrub() throws IOException {
        Duration pause = FIRST_SCRUB;
        try {
            pause = scrub.get().look();
        } finally {
            scrubAfter(pause);
        }
    }

    private void scrubAfter(Duration pause) {
        timers.createSingleActionTimer(Math.max(1, pause.toMillis()), new TimerConfig(SCRUB, false));
    }

    private void renewAfter(Duration pause) {
        timers.createSingleActionTimer(pause.toMillis(), new TimerConfig(RENEW, false));
    }

    private interface Act {
        void run() throws InterruptedException;
    }
}
