package org.cranny.central.settings;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.security.SecureRandom;
import java.time.Clock;

/** The clock and the randomness that everything else is given. */
@ApplicationScoped
class Surroundings {
    @Produces
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    SecureRandom random() {
        return new SecureRandom();
    }
}
