package org.cranny.central.masterfile;

import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import java.time.Duration;

/** A persistent timer that fires again and again and outlives restarts. */
public final class IntervalTimer {
    private IntervalTimer() {}

    /**
     * Sees to it that the bean has exactly one timer. Its info names its interval, so that a start with another one
     * replaces it.
     */
    public static void keepOne(TimerService timers, String name, Duration interval) {
        String info = name + " every " + interval.toSeconds() + " s";
        boolean kept = false;
        for (Timer timer : timers.getTimers()) {
            if (!kept && info.equals(timer.getInfo())) {
                kept = true;
            } else {
                timer.cancel();
            }
        }
        if (!kept) {
            timers.createIntervalTimer(interval.toMillis(), interval.toMillis(), new TimerConfig(info, true));
        }
    }
}
