package org.cranny.client.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.cranny.client.kit.Kit;
import org.cranny.client.machine.Backups;
import org.cranny.client.machine.Machine;
import org.cranny.client.report.Human;
import org.cranny.client.report.JsonLine;
import org.cranny.client.report.Progress;
import org.cranny.engine.rebuild.Recall;
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

@Command(
        name = "restore",
        description = "Bring a machine's backups back on this one, from a recovery kit and the hosts.")
final class KitRestoreCommand implements Callable<Integer> {
    @ParentCommand
    private KitCommand kit;

    @Parameters(index = "0", paramLabel = "FILE", description = "The kit.")
    private Path file;

    @Parameters(index = "1..*", paramLabel = "PATH", description = "What to bring back (default: everything).")
    private List<String> paths = new ArrayList<>();

    @Option(
            names = "--target",
            required = true,
            paramLabel = "DIR",
            description = "Folder to restore to; each file appears below it with its whole path.")
    private Path target;

    @Option(names = "--snapshot", description = "The beginning of its id (default: the newest).")
    private String snapshot = "latest";

    @Option(names = "--safe", description = "Leave out devices, setuid and foreign owners.")
    private boolean safe;

    @Mixin
    private Passphrase passphrase;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Cranny cranny = kit.cranny();
        List<byte[]> octets = new ArrayList<>(paths.size());
        for (String path : paths) {
            octets.add(TypedPaths.inSnapshot(path));
        }
        Kit.unpack(file, passphrase.known("the kit"), cranny.home());
        try (Machine machine = Machine.open(cranny.home())) {
            if (!machine.configuration().hasCentral()) {
                recall(machine);
            }
            return restore(machine, octets);
        }
    }

    /** Hosts know of backups that were made after the kit. */
    private void recall(Machine machine) throws IOException {
        Cranny cranny = kit.cranny();
        Recall.Found newer = machine.recollection().fromHosts();
        newer.troubles().forEach(line -> cranny.screen().errorLine("cranny: warning: " + line));
        for (Snapshot snapshot : newer.snapshots()) {
            if (cranny.json()) {
                cranny.screen()
                        .line(JsonLine.of("recalled-snapshot")
                                .add("snapshot", snapshot.id())
                                .add("version", snapshot.manifest().version())
                                .add("ended", snapshot.manifest().ended().toString())
                                .toString());
            }
            cranny.say("Hosts have a backup that is newer than the kit: " + snapshot.shortId() + " of "
                    + Human.time(snapshot.manifest().ended(), ZoneId.systemDefault()) + ".");
        }
    }

    private int restore(Machine machine, List<byte[]> octets) throws IOException, InterruptedException {
        Cranny cranny = kit.cranny();
        try (Backups backups = machine.toRead()) {
            Snapshot found = backups.source().snapshots().find(snapshot);
            cranny.say("The kit is of '" + machine.configuration().name() + "'. The newest backup that is known is of "
                    + Human.time(newest(backups).manifest().ended(), ZoneId.systemDefault())
                    + ".");
            Files.createDirectories(target);
            RestoreRequest request = new RestoreRequest(
                    found,
                    octets,
                    target.toAbsolutePath(),
                    Overwrite.REFUSE,
                    false,
                    safe ? TargetRules.SAFE : TargetRules.FAITHFUL);
            try (Progress progress = cranny.progress("Restoring")) {
                RestoreOutcome outcome = backups.restore(
                        request,
                        (host, pack, reason) -> progress.warning(host.name(), reason),
                        new RestoreProgress(progress));
                backups.tell();
                outcome.warnings().forEach(warning -> progress.warning((String) null, warning));
                progress.close();
                conclude(found, outcome, progress);
                return (outcome.failed() > 0 ? ExitCode.FAILED : ExitCode.DONE).number();
            }
        }
    }

    private static Snapshot newest(Backups backups) throws IOException {
        return backups.source().snapshots().find("latest");
    }

    private void conclude(Snapshot found, RestoreOutcome outcome, Progress progress) {
        Cranny cranny = kit.cranny();
        if (cranny.json()) {
            cranny.screen()
                    .line(JsonLine.of("summary")
                            .add("snapshot", found.id())
                            .add("ended", found.manifest().ended().toString())
                            .add("target", target.toAbsolutePath().toString())
                            .add("home", cranny.home().folder().toString())
                            .add("files", outcome.files())
                            .add("bytes", outcome.bytes())
                            .add("fetchedBytes", outcome.fetchedBytes())
                            .add("failed", outcome.failed())
                            .add("warnings", outcome.warned())
                            .addSeconds("seconds", progress.elapsedMillis())
                            .toString());
        }
        cranny.say(Human.count(outcome.files(), "file") + ", " + Human.bytes(outcome.bytes()) + " are in " + target
                + ". Took " + Human.duration(Duration.ofMillis(progress.elapsedMillis()))
                + ". The machine's keys are in "
                + cranny.home().folder()
                + ": 'cranny snapshots' lists its backups, and 'cranny backup' goes on with them.");
        if (outcome.failed() > 0) {
            cranny.screen()
                    .errorLine("cranny: " + Human.count(outcome.failed(), "file")
                            + " could not be brought back; they are named above. Start the hosts that are away, then:"
                            + " cranny restore " + found.shortId() + " --target " + target);
        }
    }
}
