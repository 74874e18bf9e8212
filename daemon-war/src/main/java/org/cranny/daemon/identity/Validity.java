package org.cranny.daemon.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;

/** What {@code cranny-daemon status} says of the certificate, whether the daemon runs or not. */
public final class Validity {
    private Validity() {}

    /** @param arguments the folder of the home */
    public static void main(String[] arguments) {
        try {
            System.out.println(line(new Home(Path.of(arguments[0])), Clock.systemUTC()));
        } catch (IOException e) {
            System.err.println("cranny-daemon: " + e.getMessage());
            System.exit(1);
        }
    }

    static String line(Home home, Clock clock) throws IOException {
        Instant until = Identity.load(home).validUntil();
        return clock.instant().isAfter(until)
                ? "the certificate expired at " + until + "; it is renewed when central answers"
                : "the certificate is good until " + until;
    }
}
