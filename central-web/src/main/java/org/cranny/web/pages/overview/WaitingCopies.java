package org.cranny.web.pages.overview;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.cranny.central.repair.Repairs;

/** How many packs wait for copies; asked for at most every {@value #EVERY_SECONDS} s, since all hosts are looked at for it. */
@ApplicationScoped
public class WaitingCopies {
    private static final int EVERY_SECONDS = 10;

    @Inject
    Repairs repairs;

    private Instant counted = Instant.EPOCH;
    private long waiting;

    synchronized long now() {
        Instant now = Instant.now();
        if (Duration.between(counted, now).toSeconds() >= EVERY_SECONDS) {
            waiting = repairs.waiting();
            counted = now;
        }
        return waiting;
    }
}
