package org.cranny.central.enrollment;

import java.time.Clock;
import java.time.Instant;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/** Lets so many through in a minute, whoever they are. */
final class Turnstile {
    private static final long SECONDS = 60;

    private final int most;
    private final Clock clock;
    private Instant began = Instant.EPOCH;
    private int through;

    Turnstile(int most, Clock clock) {
        this.most = most;
        this.clock = clock;
    }

    /** @throws ProblemException TOO_OFTEN */
    synchronized void pass() {
        Instant now = clock.instant();
        if (!now.isBefore(began.plusSeconds(SECONDS)) || now.isBefore(began)) {
            began = now;
            through = 0;
        }
        if (through >= most) {
            throw new ProblemException(ProblemKind.TOO_OFTEN, "central is asked for too many certificates");
        }
        through++;
    }
}
