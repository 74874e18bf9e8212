package org.cranny.client.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.cranny.client.machine.Backups;
import org.cranny.client.machine.Machine;
import org.cranny.client.report.Human;
import org.cranny.client.report.JsonLine;
import org.cranny.client.report.Names;
import org.cranny.client.report.Progress;
import org.cranny.engine.archive.Archive;
import org.cranny.engine.archive.ArchiveListener;
import org.cranny.engine.archive.ArchiveOutcome;
import org.cranny.engine.archive.Format;
import org.cranny.engine.fetch.ChunkReader;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.Thing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "dump", description = "Write a file of a snapshot to standard output, or a folder as an archive.")
final class DumpCommand implements Callable<Integer> {
    private static final int BUFFER = 1 << 17;

    @ParentCommand
    private Cranny cranny;

    @Parameters(index = "0", paramLabel = "SNAPSHOT", description = "The beginning of its id, or 'latest'.")
    private String snapshot;

    @Parameters(index = "1", paramLabel = "PATH", description = "A file, or a folder ('/': everything).")
    private String path;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write to this file, which appears when it is whole (default: standard output).")
    private Path output;

    @Option(
            names = "--archive",
            paramLabel = "KIND",
            description = "Of a folder: tar, tar.gz, tar.zst or zip (default: by the name of FILE, else tar).")
    private String archive;

    @Mixin
    private LimitOptions limits;

    @Override
    public Integer call() throws IOException {
        if (output == null && cranny.json()) {
            throw new WrongUseException("With --json standard output is taken. Name a file with --output.");
        }
        byte[] octets = TypedPaths.inSnapshot(path);
        try (Machine machine = Machine.open(cranny.home());
                Backups backups = cranny.toRead(machine, limits.limits())) {
            Snapshot found = backups.source().snapshots().find(snapshot);
            boolean file = isFile(backups, found, octets);
            if (file && archive != null) {
                throw new WrongUseException(path + " is a file, and is written as it is. Leave --archive out.");
            }
            if (!file && output == null && cranny.screen().terminal()) {
                throw new WrongUseException("A folder is an archive, which no terminal can show. Name a file with"
                        + " --output, or pass it on: cranny dump … | tar -t");
            }
            try (Progress progress =
                    Progress.on(cranny.screen(), "Writing", cranny.json(), cranny.quiet() || output == null)) {
                ArchiveOutcome outcome = write(backups, found, octets, file, progress);
                progress.close();
                conclude(found, outcome, progress);
                return (outcome.failed() > 0 ? ExitCode.FAILED : ExitCode.DONE).number();
            }
        }
    }

    private boolean isFile(Backups backups, Snapshot found, byte[] octets) throws IOException {
        try (ChunkReader chunks = new ChunkReader(backups.source(), backups.packs((host, pack, reason) -> {}))) {
            SnapshotTree tree = new SnapshotTree(found, chunks);
            if (SnapshotTree.names(octets).isEmpty()) {
                return false;
            }
            Optional<Entry> entry = tree.find(octets);
            if (entry.isEmpty()) {
                throw new IOException(
                        "The snapshot has no " + Names.printable(octets) + ". See 'cranny ls " + snapshot + "'.");
            }
            return entry.get().thing() instanceof Thing.File;
        }
    }

    private ArchiveOutcome write(Backups backups, Snapshot found, byte[] octets, boolean file, Progress progress)
            throws IOException {
        if (output == null) {
            OutputStream out = new BufferedOutputStream(cranny.screen().out(), BUFFER);
            ArchiveOutcome outcome = write(backups, found, octets, file, out, progress);
            out.flush();
            if (cranny.screen().out().checkError()) {
                throw new IOException("Standard output was closed before all was written.");
            }
            return outcome;
        }
        Path whole = output.toAbsolutePath();
        if (Files.exists(whole) && !Files.isRegularFile(whole)) {
            throw new IOException(output + " is there already, and is no file.");
        }
        Path part = Files.createTempFile(whole.getParent(), "." + whole.getFileName(), ".part");
        try {
            ArchiveOutcome outcome;
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), BUFFER)) {
                outcome = write(backups, found, octets, file, out, progress);
            }
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return outcome;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private ArchiveOutcome write(
            Backups backups, Snapshot found, byte[] octets, boolean file, OutputStream out, Progress progress)
            throws IOException {
        Archive writer = new Archive(
                backups.source(), backups.packs((host, pack, reason) -> progress.warning(host.name(), reason)));
        Listening listener = new Listening(progress);
        if (file) {
            return new ArchiveOutcome(1, writer.writeFile(found, octets, out, listener), 0, 0);
        }
        boolean everything = SnapshotTree.names(octets).isEmpty();
        if (everything) {
            progress.total(found.manifest().files(), found.manifest().bytes());
        }
        return writer.write(
                new Archive.Request(found, everything ? List.of() : List.of(octets), format()), out, listener);
    }

    private Format format() {
        if (archive != null) {
            return Format.ofEnding(archive)
                    .orElseThrow(() -> new WrongUseException("'" + archive + "' is no kind of archive. There are "
                            + Arrays.stream(Format.values()).map(Format::ending).collect(Collectors.joining(", "))
                            + "."));
        }
        return output == null ? Format.TAR : Format.ofName(output.toString()).orElse(Format.TAR);
    }

    private void conclude(Snapshot found, ArchiveOutcome outcome, Progress progress) {
        if (cranny.json()) {
            cranny.screen()
                    .line(JsonLine.of("summary")
                            .add("snapshot", found.id())
                            .add("output", output.toAbsolutePath().toString())
                            .add("files", outcome.files())
                            .add("bytes", outcome.bytes())
                            .add("failed", outcome.failed())
                            .add("leftOut", outcome.leftOut())
                            .addSeconds("seconds", progress.elapsedMillis())
                            .toString());
        } else if (output != null) {
            cranny.say(Human.count(outcome.files(), "file") + ", " + Human.bytes(outcome.bytes()) + " are in " + output
                    + ".");
        }
        if (outcome.failed() > 0) {
            cranny.screen()
                    .errorLine("cranny: " + Human.count(outcome.failed(), "file")
                            + " could not be fetched and are not in it; they are named above.");
        }
    }

    /** Turns what the archive says into progress. */
    private record Listening(Progress progress) implements ArchiveListener {
        @Override
        public void file(long bytes) {
            progress.done(1, bytes);
        }

        @Override
        public void failed(String at, String reason) {
            progress.warning(at, reason);
        }

        @Override
        public void leftOut(String at, String reason) {
            progress.warning(at, reason);
        }
    }
}
