package org.cranny.central.timer;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Work that is done again and again for as long as the server runs. When it fails that is said, once, and it is done again
 * next time: the server would take a timer away for good whose method throws twice. No timer is kept in the database, whose
 * absence would end it too; every start makes it anew.
 */
public abstract class IntervalTimer {
    private static final Logger LOGGER = Logger.getLogger(IntervalTimer.class.getName());

    @Resource
    private TimerService timers;

    @Inject
    private Turn turn;

    private final String name;
    private boolean failing;

    /** @param name of its {@link Turn}, and in the server's log */
    protected IntervalTimer(String name) {
        this.name = name;
    }

    /** The {@link Turn} that it takes each time; none when each server does the work for itself. */
    public Optional<String> turnTaken() {
        return takesTurns() ? Optional.of(name) : Optional.empty();
    }

    protected abstract Duration interval();

    /** How long after the start it is done first. */
    protected Duration first() {
        return interval();
    }

    /** Whether one of several servers is to do it for all. */
    protected boolean takesTurns() {
        return true;
    }

    protected abstract void work();

    @PostConstruct
    void start() {
        timers.getTimers().forEach(Timer::cancel);
        timers.createIntervalTimer(first().toMillis(), interval().toMillis(), new TimerConfig(name, false));
    }

    @Timeout
    void fire() {
        try {
            if (!takesTurns() || turn.take(name, interval())) {
                work();
            }
            if (failing) {
                LOGGER.info(name + " works again");
            }
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOGGER.log(
                        Level.WARNING,
                        name + " failed, and is tried again every " + interval().toSeconds() + " s",
                        e);
            }
            failing = true;
        }
    }
}
