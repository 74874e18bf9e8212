package org.cranny.client.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.cranny.client.machine.Backups;
import org.cranny.client.machine.Machine;
import org.cranny.client.report.Human;
import org.cranny.client.report.JsonLine;
import org.cranny.client.report.Progress;
import org.cranny.client.status.OneMachine;
import org.cranny.engine.backup.BackupListener;
import org.cranny.engine.backup.BackupOutcome;
import org.cranny.engine.backup.BackupRequest;
import org.cranny.protocol.masterfile.Host;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "backup", description = "Back files and folders up to the company's hosts.")
final class BackupCommand implements Callable<Integer> {
    @ParentCommand
    private Cranny cranny;

    @Parameters(arity = "0..*", paramLabel = "PATH", description = "Files and folders.")
    private List<String> paths = new ArrayList<>();

    @Mixin
    private FileList list;

    @Option(names = "--dry-run", description = "Only say how much would be sent.")
    private boolean dryRun;

    @Option(names = "--tag", paramLabel = "TAG", description = "A word to find the snapshot by; may be repeated.")
    private List<String> tags = new ArrayList<>();

    @Option(
            names = "--fresh-master-file",
            description = "Ask central for the list of hosts first, and fail when it is away"
                    + " (default: go by the local copy then).")
    private boolean fresh;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (paths.isEmpty() && !list.given()) {
            throw new WrongUseException(
                    "Name a PATH, or a list of files with --files-from. See 'cranny backup --help'.");
        }
        try (Machine machine = Machine.open(cranny.home())) {
            BackupRequest request =
                    new BackupRequest(octets(), machine.configuration().name(), tags, dryRun);
            try (Backups backups = fresh ? machine.toBackUpFresh() : machine.toBackUp();
                    Progress progress = cranny.progress("Backing up")) {
                BackupOutcome outcome = backups.backup((host, pack, reason) -> progress.warning(host.name(), reason))
                        .run(request, new Reporting(progress, cranny.verbose()));
                progress.close();
                conclude(outcome, backups, progress);
                return (outcome.unread() > 0 ? ExitCode.SOME_UNREAD : ExitCode.DONE).number();
            }
        }
    }

    private List<byte[]> octets() throws IOException {
        List<byte[]> octets = new ArrayList<>(list.read());
        for (String path : paths) {
            octets.add(TypedPaths.existing(path));
        }
        if (octets.isEmpty()) {
            throw new WrongUseException("The list of files is empty. Name at least one file or folder.");
        }
        return octets;
    }

    private void conclude(BackupOutcome outcome, Backups backups, Progress progress) {
        boolean together = !dryRun && OneMachine.holdsAll(backups.hosts());
        if (cranny.json()) {
            cranny.screen().line(summary(outcome, together, progress).toString());
            return;
        }
        sentences(outcome, progress).forEach(cranny::say);
        if (together) {
            cranny.say(OneMachine.WARNING);
        }
        if (outcome.unread() > 0) {
            cranny.screen()
                    .errorLine("cranny: " + Human.count(outcome.unread(), "file") + " could not be read, "
                            + "and the snapshot is without them. They are named above.");
        }
    }

    private List<String> sentences(BackupOutcome outcome, Progress progress) {
        String all = Human.count(outcome.files(), "file") + ", " + Human.bytes(outcome.bytes());
        String time = Human.duration(Duration.ofMillis(progress.elapsedMillis()));
        if (dryRun) {
            return List.of(all + ". " + Human.bytes(outcome.newBytes()) + " of it is new and would be sent. Looked in "
                    + time + ".");
        }
        List<String> lines = new ArrayList<>();
        lines.add("Snapshot " + outcome.snapshot().substring(0, 8) + ": " + all + ". New: "
                + Human.bytes(outcome.storedBytes()) + " sealed, " + outcome.copies() + " copies. Took " + time + ".");
        if (!outcome.committed()) {
            lines.add("Central does not know it yet; the next backup tells it.");
        }
        return lines;
    }

    private JsonLine summary(BackupOutcome outcome, boolean together, Progress progress) {
        return JsonLine.of("summary")
                .add("snapshot", outcome.snapshot())
                .add("dryRun", dryRun)
                .add("version", outcome.version())
                .add("files", outcome.files())
                .add("bytes", outcome.bytes())
                .add("newBytes", outcome.newBytes())
                .add("storedBytes", outcome.storedBytes())
                .add("packs", outcome.packs())
                .add("copies", outcome.copies())
                .add("unread", outcome.unread())
                .add("committed", outcome.committed())
                .add("allOnOneMachine", together)
                .addSeconds("seconds", progress.elapsedMillis());
    }

    /** Turns what the engine says into progress. */
    private record Reporting(Progress progress, boolean verbose) implements BackupListener {
        @Override
        public boolean wantsTotal() {
            return progress.wantsTotal();
        }

        @Override
        public void total(long files, long bytes) {
            progress.total(files, bytes);
        }

        @Override
        public void file(long bytes) {
            progress.done(1, bytes);
        }

        @Override
        public void stored(long bytes, int copies) {
            progress.stored(bytes * copies);
            if (verbose) {
                progress.notice("A pack of " + Human.bytes(bytes) + " is on " + copies + " hosts.");
            }
        }

        @Override
        public void unread(byte[] path, String reason) {
            progress.warning(path, reason);
        }

        @Override
        public void hostFailed(Host host, String reason) {
            progress.notice(reason + ". Another host is used.");
        }

        @Override
        public void notice(String line) {
            progress.notice(line);
        }
    }
}
