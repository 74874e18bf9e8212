package org.cranny.daemon.grant;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cranny.daemon.identity.Home;
import org.cranny.protocol.grant.Grant;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Remembers grants that are good once. A serial is on the disk before the act that it allows begins, and is kept until
 * no clock that was right then would take the grant any more. Thread-safe.
 */
public final class SpentGrants {
    /** More than any realm gives to one daemon in the time that grants live. */
    private static final int MOST = 10_000;

    private final Path file;
    private final Clock clock;
    private final Map<String, Long> spent = new TreeMap<>();

    public SpentGrants(Home home, Clock clock) throws IOException {
        this.file = home.state("spent-grants");
        this.clock = clock;
        if (!Files.notExists(file)) {
            read();
        }
    }

    private void read() throws IOException {
        try {
            for (String line : Files.readAllLines(file)) {
                String[] parts = line.split(" ");
                spent.put(parts[0], Long.valueOf(parts[1]));
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IOException(
                    file + " is damaged: delete it when the daemon has been stopped for " + Grant.LONGEST.toMinutes()
                            + " minutes, when no grant in it is good any more",
                    e);
        }
    }

    /** @throws ProblemException NO_GRANT when it was spent before; nobody gets it twice, whatever came of the first time */
    public synchronized void spend(Grant grant) throws IOException {
        Instant forgetBefore = clock.instant().minus(Grant.LONGEST);
        spent.values().removeIf(expires -> expires < forgetBefore.getEpochSecond());
        if (spent.containsKey(grant.number())) {
            throw new ProblemException(ProblemKind.NO_GRANT, "the grant was used before: " + grant);
        }
        if (spent.size() >= MOST) {
            throw new ProblemException(ProblemKind.NO_GRANT, "too many grants were used in the last minutes");
        }
        spent.put(grant.number(), grant.expires().getEpochSecond());
        String lines = spent.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue() + "\n")
                .collect(Collectors.joining());
        Home.replace(file, lines.getBytes(StandardCharsets.US_ASCII));
    }
}
