package org.cranny.client.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.cranny.client.home.DurableFiles;
import org.cranny.client.home.Home;
import org.cranny.client.owner.OwnPause;
import org.cranny.client.report.Human;
import org.cranny.protocol.job.AgentHold;

/** Why a home's agent holds back, as everybody may see it: of the pause the owner's own file, of the rest the agent's. */
public final class Held {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private Held() {}

    /** Empty while nothing holds it back, or nothing is known because no agent runs. */
    public static Optional<AgentHold> of(Home home, Clock clock) {
        Optional<OwnPause.Span> pause = new OwnPause(home, clock).now();
        if (pause.isPresent()) {
            return pause.map(span -> new AgentHold(AgentHold.PAUSED, span.since(), span.until()));
        }
        return home.agentRuns() ? noted(home) : Optional.empty();
    }

    private static Optional<AgentHold> noted(Home home) {
        try {
            String[] words = Files.readString(home.heldFile(), StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ");
            return words.length == 2
                    ? Optional.of(new AgentHold(words[0], Instant.parse(words[1]), null))
                    : Optional.empty();
        } catch (IOException | DateTimeException none) {
            return Optional.empty();
        }
    }

    /** For the agent: what holds it back now, other than a pause. */
    public static void note(Home home, Optional<AgentHold> hold) throws IOException {
        if (hold.isEmpty() || hold.get().all()) {
            Files.deleteIfExists(home.heldFile());
        } else {
            DurableFiles.makeFolder(home.agentFolder());
            String line = hold.get().kind() + " " + hold.get().since() + "\n";
            DurableFiles.write(home.heldFile(), line.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** For people, for example {@code Planned backups wait: this machine runs on its battery since 10:12.} */
    public static String sentence(AgentHold hold, Clock clock) {
        return switch (hold.kind()) {
            case AgentHold.PAUSED ->
                "Paused by its owner until " + time(hold.until(), clock) + ". 'cranny resume' ends the pause.";
            case "BATTERY" ->
                "Planned backups wait: this machine runs on its battery since " + time(hold.since(), clock) + ".";
            case "METERED" ->
                "Planned backups wait: the connection is paid by amount since " + time(hold.since(), clock) + ".";
            case "IN_USE" ->
                "Planned backups wait: somebody works at this machine since " + time(hold.since(), clock) + ".";
            default -> "Planned backups wait since " + time(hold.since(), clock) + ".";
        };
    }

    /** The hour alone when it is near. */
    private static String time(Instant instant, Clock clock) {
        ZoneId zone = clock.getZone();
        boolean near = Duration.between(clock.instant(), instant).abs().compareTo(Duration.ofHours(12)) < 0;
        return near ? CLOCK.format(instant.atZone(zone)) : Human.time(instant, zone);
    }
}
