package org.cranny.client.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.cranny.client.machine.Backups;
import org.cranny.client.machine.Machine;
import org.cranny.client.report.Human;
import org.cranny.client.report.JsonLine;
import org.cranny.client.report.Progress;
import org.cranny.engine.restore.Overwrite;
import org.cranny.engine.restore.RestoreOutcome;
import org.cranny.engine.restore.RestoreRequest;
import org.cranny.engine.restore.TargetRules;
import org.cranny.engine.snapshot.Snapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "restore", description = "Bring files and folders of a snapshot back below a folder.")
final class RestoreCommand implements Callable<Integer> {
    @ParentCommand
    private Cranny cranny;

    @Parameters(index = "0", paramLabel = "SNAPSHOT", description = "The beginning of its id, or 'latest'.")
    private String snapshot;

    @Parameters(index = "1..*", paramLabel = "PATH", description = "What to bring back (default: everything).")
    private List<String> paths = new ArrayList<>();

    @Option(
            names = "--target",
            required = true,
            paramLabel = "DIR",
            description = "Folder to restore to; each file appears below it with its whole path.")
    private Path target;

    @Mixin
    private PickOptions picks;

    @Option(
            names = "--overwrite",
            arity = "0..1",
            paramLabel = "WHEN",
            preprocessor = OverwriteWord.class,
            converter = OverwriteWord.class,
            description =
                    "What becomes of files in the way: if-changed (when WHEN is left out) replaces what differs, always"
                            + " replaces all, never leaves them and brings back what is missing. Other files stay.")
    private Overwrite overwrite = Overwrite.REFUSE;

    @Option(
            names = "--delete",
            description =
                    "Also take away what the snapshot does not have, in folders that are brought back whole. Needs"
                            + " --overwrite; try it with --dry-run first.")
    private boolean delete;

    @Option(names = "--safe", description = "Leave out devices, setuid and foreign owners.")
    private boolean safe;

    @Option(names = "--dry-run", description = "Only say what would be written.")
    private boolean dryRun;

    @Mixin
    private JobsOption jobs;

    @Mixin
    private LimitOptions limits;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (delete && overwrite != Overwrite.IF_CHANGED && overwrite != Overwrite.ALWAYS) {
            throw new WrongUseException(
                    "--delete makes the folder like the snapshot. Give --overwrite with it, and not 'never'.");
        }
        int threads = jobs.count();
        try (Machine machine = Machine.open(cranny.home());
                Backups backups = cranny.toRead(machine, limits.limits())) {
            Snapshot found = backups.source().snapshots().find(snapshot);
            RestoreRequest request = request(found, threads);
            try (Progress progress = cranny.progress("Restoring")) {
                RestoreOutcome outcome = backups.restore(
                        request,
                        (host, pack, reason) -> progress.warning(host.name(), reason),
                        new RestoreProgress(progress, dryRun || cranny.verbose()));
                outcome.warnings().forEach(warning -> progress.warning((String) null, warning));
                int told = backups.tell();
                if (told > 0) {
                    progress.notice(CheckCommand.told(told));
                }
                progress.close();
                conclude(found, outcome, progress);
                return (outcome.failed() > 0 ? ExitCode.FAILED : ExitCode.DONE).number();
            }
        }
    }

    private RestoreRequest request(Snapshot found, int threads) throws IOException {
        List<byte[]> octets = new ArrayList<>(paths.size());
        for (String path : paths) {
            octets.add(TypedPaths.inSnapshot(path));
        }
        return new RestoreRequest(
                found,
                octets,
                picks.picked(),
                target.toAbsolutePath(),
                overwrite,
                delete,
                dryRun,
                safe ? TargetRules.SAFE : TargetRules.FAITHFUL,
                threads);
    }

    private void conclude(Snapshot found, RestoreOutcome outcome, Progress progress) {
        if (cranny.json()) {
            cranny.screen().line(summary(found, outcome, progress).toString());
            return;
        }
        String all = Human.count(outcome.files(), "file") + ", " + Human.bytes(outcome.bytes());
        String time = Human.duration(Duration.ofMillis(progress.elapsedMillis()));
        cranny.say(
                dryRun
                        ? all + " would be in " + target + ", " + Human.count(outcome.skipped())
                                + " of them as they are" + " now" + deleted(outcome, " would be deleted") + "."
                        : all + " are in " + target + ", " + Human.count(outcome.skipped()) + " of them were right"
                                + " already" + deleted(outcome, " were deleted") + ". Fetched "
                                + Human.bytes(outcome.fetchedBytes()) + ". Took " + time + ".");
        if (outcome.failed() > 0) {
            cranny.screen()
                    .errorLine("cranny: " + Human.count(outcome.failed(), "file")
                            + " could not be brought back; they are named above. Start the hosts that are away and run"
                            + " the same command again: what is right already is not fetched again.");
        }
    }

    private static String deleted(RestoreOutcome outcome, String verb) {
        return outcome.deleted() == 0 ? "" : "; " + Human.count(outcome.deleted(), "other") + verb;
    }

    private JsonLine summary(Snapshot found, RestoreOutcome outcome, Progress progress) {
        return JsonLine.of("summary")
                .add("snapshot", found.id())
                .add("dryRun", dryRun)
                .add("target", target.toAbsolutePath().toString())
                .add("files", outcome.files())
                .add("bytes", outcome.bytes())
                .add("skipped", outcome.skipped())
                .add("deleted", outcome.deleted())
                .add("fetchedBytes", outcome.fetchedBytes())
                .add("failed", outcome.failed())
                .add("warnings", outcome.warned())
                .addSeconds("seconds", progress.elapsedMillis());
    }
}
