package org.cranny.web.pages.overview;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.cranny.central.reliability.Reliability;
import org.cranny.web.pages.drawing.HeatMap;

/** When the hosts can be reached, all together; added up at most every {@value #EVERY_SECONDS} s. */
@ApplicationScoped
public class FleetWeek {
    private static final int EVERY_SECONDS = 60;

    @Inject
    Reliability reliability;

    private Instant added = Instant.EPOCH;
    private HeatMap week;

    synchronized HeatMap now() {
        Instant now = Instant.now();
        if (week == null || Duration.between(added, now).toSeconds() >= EVERY_SECONDS) {
            week = new HeatMap(reliability.week());
            added = now;
        }
        return week;
    }
}
