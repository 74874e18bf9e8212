package org.cranny.client.cli;

import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.cranny.client.machine.Backups;
import org.cranny.client.machine.Machine;
import org.cranny.client.report.JsonLine;
import org.cranny.client.report.Names;
import org.cranny.engine.browse.Difference;
import org.cranny.engine.fetch.ChunkReader;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.snapshot.Snapshots;
import org.cranny.engine.tree.Entry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "diff", description = "Show what differs between two snapshots.")
final class DiffCommand implements Callable<Integer> {
    private static final int PAGE = 1_000;

    @ParentCommand
    private Cranny cranny;

    @Parameters(index = "0", paramLabel = "SNAPSHOT", description = "The older one.")
    private String from;

    @Parameters(index = "1", paramLabel = "SNAPSHOT", description = "The newer one, or 'latest'.")
    private String to;

    @Parameters(index = "2", arity = "0..1", paramLabel = "PATH", description = "Only below this folder (default: /).")
    private String path = "/";

    @Override
    public Integer call() throws IOException {
        byte[] folder = TypedPaths.inSnapshot(path);
        try (Machine machine = Machine.open(cranny.home());
                Backups backups = cranny.toRead(machine);
                ChunkReader chunks = new ChunkReader(backups.source(), backups.packs((host, pack, reason) -> {}))) {
            Snapshots snapshots = backups.source().snapshots();
            SnapshotTree before = new SnapshotTree(snapshots.find(from), chunks);
            SnapshotTree now = new SnapshotTree(snapshots.find(to), chunks);
            byte[] after = null;
            do {
                Difference.Page page = Difference.between(before, now, folder, after, PAGE);
                page.changes().forEach(this::print);
                after = page.next();
            } while (after != null);
        }
        cranny.screen().out().flush();
        return ExitCode.DONE.number();
    }

    private void print(Difference.Change change) {
        String text;
        if (cranny.json()) {
            text = JsonLine.of("change")
                    .add("change", change.kind().name().toLowerCase(Locale.ROOT))
                    .add("path", Names.printable(change.path()))
                    .add("before", json(change.before(), change.path()))
                    .add("after", json(change.after(), change.path()))
                    .toString();
        } else {
            text = mark(change.kind()) + " " + Names.printable(change.path());
        }
        cranny.screen().out().println(text);
    }

    private static JsonValue json(Entry entry, byte[] path) {
        return entry == null ? JsonValue.NULL : EntryLine.json(entry, path).build();
    }

    private static String mark(Difference.Kind kind) {
        return switch (kind) {
            case ADDED -> "+";
            case REMOVED -> "-";
            case CHANGED -> "M";
            case ATTRIBUTES -> "U";
        };
    }
}
