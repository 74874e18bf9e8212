package org.cranny.ear;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** A host that reports once and never again. */
final class Silence {
    /** Long enough for a host to be suspected and for the timer to come round some times. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final String NOTICED = "timer: a host fell silent";

    private Silence() {}

    /** Settings with which silence is suspicious after four seconds, if the timer looks. */
    static Map<String, String> lookedForEvery(Duration interval) {
        return Map.of(
                "cranny.host.suspect-seconds",
                "4",
                "cranny.master-file.interval-seconds",
                Long.toString(interval.toSeconds()));
    }

    /** Lets the host report and fall silent. @return whether the timer made a version of the master file that says so */
    static boolean isNoticed(TestMachine host) throws IOException {
        long before = versionsThatNoticed();
        host.report();
        assertEquals("ACCEPTING", Central.state(host));
        return Await.within(PATIENCE, () -> versionsThatNoticed() > before);
    }

    private static long versionsThatNoticed() throws IOException {
        return Central.reasons().stream().filter(NOTICED::equals).count();
    }
}
