package org.cranny.client.cli;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import org.cranny.client.machine.Backups;
import org.cranny.client.machine.Machine;
import org.cranny.client.report.Names;
import org.cranny.engine.browse.Found;
import org.cranny.engine.browse.Glob;
import org.cranny.engine.browse.Search;
import org.cranny.engine.fetch.ChunkReader;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.octets.PathNotation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "find", description = "Search a snapshot by name and time.")
final class FindCommand implements Callable<Integer> {
    private static final int PAGE = 1_000;

    @ParentCommand
    private Cranny cranny;

    @Parameters(index = "0", paramLabel = "SNAPSHOT", description = "The beginning of its id, or 'latest'.")
    private String snapshot;

    @Parameters(index = "1", paramLabel = "NAME", description = "A name; * stands for anything, ? for one octet.")
    private String name;

    @Option(names = "--below", paramLabel = "PATH", description = "Only below this folder (default: /).")
    private String below = "/";

    @Option(names = "--modified-from", paramLabel = "TIME", description = "For example 2026-01-31T12:00:00Z.")
    private String from;

    @Option(names = "--modified-until", paramLabel = "TIME", description = "For example 2026-02-01T00:00:00Z.")
    private String until;

    @Option(names = "-l", description = "Type, mode, owner, size and time too.")
    private boolean details;

    @Override
    public Integer call() throws IOException {
        Search.Query query =
                new Search.Query(new Glob(pattern()), second(from, Long.MIN_VALUE), second(until, Long.MAX_VALUE));
        byte[] folder = TypedPaths.inSnapshot(below);
        try (Machine machine = Machine.open(cranny.home());
                Backups backups = cranny.toRead(machine);
                ChunkReader chunks = new ChunkReader(backups.source(), backups.packs((host, pack, reason) -> {}))) {
            SnapshotTree tree = new SnapshotTree(backups.source().snapshots().find(snapshot), chunks);
            byte[] after = null;
            do {
                Found page = Search.search(tree, folder, query, after, PAGE);
                page.hits().forEach(this::print);
                after = page.next();
            } while (after != null);
        }
        cranny.screen().out().flush();
        return ExitCode.DONE.number();
    }

    private byte[] pattern() {
        try {
            return PathNotation.octets(name);
        } catch (MalformedException e) {
            throw new WrongUseException("'" + name + "' is no name: " + e.getMessage() + ".");
        }
    }

    private static long second(String time, long otherwise) {
        if (time == null) {
            return otherwise;
        }
        try {
            return Instant.parse(time).getEpochSecond();
        } catch (DateTimeParseException e) {
            throw new WrongUseException("'" + time + "' is no time. Write it as 2026-01-31T12:00:00Z.");
        }
    }

    private void print(Found.Hit hit) {
        String path = Names.printable(hit.path());
        String text = cranny.json()
                ? EntryLine.json(hit.entry(), hit.path()).toString()
                : details ? EntryLine.details(hit.entry(), path) : path;
        cranny.screen().out().println(text);
    }
}
