package org.cranny.client.cli;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.cranny.client.machine.Machine;
import org.cranny.client.policy.Errand;
import org.cranny.client.policy.LocalPolicy;
import org.cranny.client.policy.Wanted;
import org.cranny.client.power.Power;
import org.cranny.client.report.Human;
import org.cranny.client.report.JsonLine;
import org.cranny.client.report.Progress;
import org.cranny.client.status.OneMachine;
import org.cranny.engine.backup.BackupListener;
import org.cranny.engine.backup.BackupOutcome;
import org.cranny.engine.backup.BackupRequest;
import org.cranny.engine.backup.LateSnapshot;
import org.cranny.engine.backup.Rules;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.segment.Compression;
import org.cranny.engine.snapshot.Label;
import org.cranny.protocol.masterfile.Host;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "backup", description = "Back files and folders up to the company's hosts.")
final class BackupCommand implements Callable<Integer> {
    private static final int LONGEST_DESCRIPTION = 1000;

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
            names = "--description",
            paramLabel = "TEXT",
            defaultValue = "",
            description =
                    "A sentence about the snapshot, sealed with it; at most " + LONGEST_DESCRIPTION + " characters.")
    private String description;

    @Option(
            names = "--compression",
            paramLabel = "HOW",
            defaultValue = "zstd",
            converter = CompressionWord.class,
            description = "Of what is new: none, lz4, zstd or zstd:1 to zstd:19, xz or xz:0 to xz:9; higher is smaller"
                    + " and slower (default: zstd, which is zstd:3).")
    private Compression compression;

    @Mixin
    private IncomingOptions incoming;

    @Mixin
    private RulesOptions rules;

    @Mixin
    private LimitOptions limits;

    @Mixin
    private JobsOption jobs;

    @Mixin
    private HookOptions hooks;

    @Mixin
    private BatteryOptions battery;

    @Option(
            names = "--policy",
            description = "Back up what central's policy says, with its excludes, limits and hooks.")
    private boolean byPolicy;

    @Option(
            names = "--fresh-master-file",
            description = "Ask central for the list of hosts first, and fail when it is away"
                    + " (default: go by the local copy then).")
    private boolean fresh;

    @Override
    public Integer call() throws IOException, InterruptedException {
        int threads = jobs.count();
        incoming.check(paths, byPolicy || list.given() || rules.given());
        if (byPolicy && (!paths.isEmpty() || list.given() || rules.all())) {
            throw new WrongUseException("--policy says what is backed up. Leave the paths out, or --policy.");
        }
        if (!byPolicy && !incoming.given()) {
            rules.checkNamed(paths, list);
        }
        try (Machine machine = Machine.open(cranny.home())) {
            Errand errand = errand(machine, threads);
            errand.objection(Power.now()).ifPresent(objection -> {
                throw new PostponedException(objection + " Nothing was done; plug it in, or try again later.");
            });
            if (fresh) {
                machine.refreshMasterFile();
            }
            try (Progress progress = cranny.progress("Backing up")) {
                Errand.Done done = errand.run(machine, ears(progress), BackupCommand::exitCode);
                progress.close();
                conclude(done.outcome(), machine.hosts(), progress);
                return exitCode(done).number();
            }
        }
    }

    private String description() {
        if (description.length() > LONGEST_DESCRIPTION || description.chars().anyMatch(Character::isISOControl)) {
            throw new WrongUseException("--description is one line of at most " + LONGEST_DESCRIPTION + " characters.");
        }
        return description;
    }

    private Errand errand(Machine machine, int threads) throws IOException {
        if (byPolicy) {
            return ofPolicy(machine, threads);
        }
        return incoming.given() ? comingIn(machine, threads) : typed(machine, threads);
    }

    private Errand typed(Machine machine, int threads) throws IOException {
        BackupRequest request = request(machine, rules.paths(paths, list), rules.rules(), threads);
        List<String> texts = rules.all() ? List.of("/") : paths;
        return new Errand(request, limits.limits(), hooks.hooks(), battery.rule(), texts);
    }

    private Errand comingIn(Machine machine, int threads) throws IOException {
        byte[] path = incoming.path();
        BackupRequest request = request(machine, List.of(path), Rules.NONE, threads);
        List<String> texts = List.of(PathBytes.printable(path));
        return new Errand(request, limits.limits(), hooks.hooks(), battery.rule(), texts, incoming.incoming(paths));
    }

    private BackupRequest request(Machine machine, List<byte[]> octets, Rules taken, int threads) {
        Label label = new Label(octets, machine.configuration().name(), tags, description());
        return new BackupRequest(label, dryRun, taken, compression, 0, threads);
    }

    private Errand ofPolicy(Machine machine, int threads) throws IOException {
        Errand wanted =
                new Wanted(new LocalPolicy(machine).newest()).errand(machine, tags, dryRun, Clock.systemDefaultZone());
        return new Errand(
                wanted.request().withJobs(threads), wanted.limits(), wanted.hooks(), wanted.battery(), wanted.paths());
    }

    private Errand.Ears ears(Progress progress) {
        return new Errand.Ears(
                new Reporting(progress, cranny.verbose()),
                (host, pack, reason) -> progress.warning(host.name(), reason),
                progress::notice);
    }

    private static int exitCode(Throwable failure) {
        return Failure.of(failure).exitCode();
    }

    private static ExitCode exitCode(Errand.Done done) {
        if (done.hookFailed()) {
            return ExitCode.HOOK_FAILED;
        }
        return done.outcome().unread() > 0 ? ExitCode.SOME_UNREAD : ExitCode.DONE;
    }

    private void conclude(BackupOutcome outcome, List<Host> hosts, Progress progress) {
        boolean together = !dryRun && OneMachine.holdsAll(hosts);
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
        public void part(long bytes) {
            progress.done(0, bytes);
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
        public void late(LateSnapshot snapshot) {
            progress.event(
                    JsonLine.of("late-snapshot")
                            .add("snapshot", snapshot.snapshot())
                            .add("ended", snapshot.ended().toString())
                            .add("outcome", snapshot.outcome().name())
                            .add("now", snapshot.now()),
                    snapshot.sentence());
        }

        @Override
        public void notice(String line) {
            progress.notice(line);
        }
    }
}
