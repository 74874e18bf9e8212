package org.cranny.client.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.cranny.client.machine.Backups;
import org.cranny.client.machine.Machine;
import org.cranny.client.report.Names;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.fetch.ChunkReader;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.tree.Entries;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.Thing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "ls",
        description = "List files and folders of a snapshot; central is asked only when they are lost here.")
final class LsCommand implements Callable<Integer> {
    private static final int DEEPEST = 4096;

    @ParentCommand
    private Cranny cranny;

    @Parameters(index = "0", paramLabel = "SNAPSHOT", description = "The beginning of its id, or 'latest'.")
    private String snapshot;

    @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", description = "A file or folder (default: /).")
    private String path = "/";

    @Option(names = "-l", description = "Type, mode, owner, size and time too.")
    private boolean details;

    @Option(
            names = {"-R", "--recursive"},
            description = "Everything below too.")
    private boolean recursive;

    @Override
    public Integer call() throws IOException {
        try (Machine machine = Machine.open(cranny.home());
                Backups backups = cranny.toRead(machine);
                ChunkReader chunks = new ChunkReader(backups.source(), backups.packs((host, pack, reason) -> {}))) {
            Snapshot found = backups.source().snapshots().find(snapshot);
            list(new SnapshotTree(found, chunks), TypedPaths.inSnapshot(path));
        }
        cranny.screen().out().flush();
        return ExitCode.DONE.number();
    }

    private void list(SnapshotTree tree, byte[] octets) throws IOException {
        boolean isRoot = SnapshotTree.names(octets).isEmpty();
        Optional<Entry> entry = tree.find(octets);
        if (entry.isEmpty() && !isRoot) {
            throw new IOException(
                    "The snapshot has no " + Names.printable(octets) + ". See 'cranny ls " + snapshot + "'.");
        }
        if (isRoot) {
            folder(tree, tree.root(), octets, 0);
        } else if (entry.get().thing() instanceof Thing.Directory directory) {
            folder(tree, directory.node(), octets, 0);
        } else {
            print(entry.get(), octets);
        }
    }

    private void folder(SnapshotTree tree, ChunkId node, byte[] folder, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("The snapshot's folders are nested more than " + DEEPEST + " deep.");
        }
        Entries entries = tree.list(node);
        for (Optional<Entry> next = entries.next(); next.isPresent(); next = entries.next()) {
            Entry entry = next.get();
            byte[] below = PathBytes.join(folder, entry.name());
            print(entry, below);
            if (recursive && entry.thing() instanceof Thing.Directory directory) {
                folder(tree, directory.node(), below, depth + 1);
            }
        }
    }

    private void print(Entry entry, byte[] octets) {
        String text;
        if (cranny.json()) {
            text = EntryLine.json(entry, octets).toString();
        } else {
            String name = Names.printable(recursive ? octets : entry.name());
            text = details ? EntryLine.details(entry, name) : name;
        }
        cranny.screen().out().println(text);
    }
}
