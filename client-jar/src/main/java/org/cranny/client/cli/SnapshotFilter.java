package org.cranny.client.cli;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cranny.client.machine.Machine;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.snapshot.Label;
import org.cranny.engine.snapshot.Snapshot;
import picocli.CommandLine.Option;

/** Which snapshots are meant. */
final class SnapshotFilter {
    @Option(
            names = "--tag",
            paramLabel = "TAG",
            description = "Only those with this tag; may be repeated (all must be there).")
    private List<String> tags = new ArrayList<>();

    @Option(names = "--path", paramLabel = "PATH", description = "Only those that were made of this path.")
    private String path;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Only those that ended then or later: 2026-01-31, or 2026-01-31T12:00:00Z.")
    private String from;

    @Option(names = "--until", paramLabel = "TIME", description = "Only those that ended before.")
    private String until;

    @Option(names = "--last", paramLabel = "N", description = "Only the N newest of these.")
    private Integer last;

    /** Those that are meant, in the order they have. */
    List<Snapshot> of(Machine machine, List<Snapshot> snapshots) throws IOException {
        if (last != null && last < 1) {
            throw new WrongUseException("--last is how many to list. Give it 1 or more.");
        }
        byte[] octets = path == null ? null : TypedPaths.inSnapshot(path);
        Instant first = time(from, Instant.MIN);
        Instant end = time(until, Instant.MAX);
        List<Snapshot> meant = new ArrayList<>();
        for (Snapshot snapshot : snapshots) {
            Instant ended = snapshot.manifest().ended();
            if (!ended.isBefore(first)
                    && ended.isBefore(end)
                    && (tags.isEmpty() && octets == null || fits(machine.label(snapshot), octets))) {
                meant.add(snapshot);
            }
        }
        return last == null ? meant : meant.subList(Math.max(0, meant.size() - last), meant.size());
    }

    private boolean fits(Label label, byte[] octets) {
        return label.tags().containsAll(tags)
                && (octets == null || label.paths().stream().anyMatch(each -> Arrays.equals(rooted(each), octets)));
    }

    /** What came in as a stream has no slash at its beginning, and people find it with one. */
    private static byte[] rooted(byte[] path) {
        return path.length > 0 && path[0] == '/' ? path : PathBytes.join(new byte[] {'/'}, path);
    }

    private static Instant time(String typed, Instant otherwise) {
        if (typed == null) {
            return otherwise;
        }
        try {
            return typed.contains("T")
                    ? Instant.parse(typed)
                    : LocalDate.parse(typed)
                            .atStartOfDay(ZoneId.systemDefault())
                            .toInstant();
        } catch (DateTimeException e) {
            throw new WrongUseException("'" + typed + "' is no time. Write it as 2026-01-31 or 2026-01-31T12:00:00Z.");
        }
    }
}
