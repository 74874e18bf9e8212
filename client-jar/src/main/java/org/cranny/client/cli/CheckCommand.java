package org.cranny.client.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.cranny.client.machine.Backups;
import org.cranny.client.machine.Machine;
import org.cranny.client.report.Human;
import org.cranny.client.report.Progress;
import org.cranny.engine.check.Check;
import org.cranny.engine.check.CheckListener;
import org.cranny.engine.check.CheckOutcome;
import org.cranny.engine.check.Finding;
import org.cranny.engine.check.Reading;
import org.cranny.engine.check.Sample;
import org.cranny.engine.check.TrialOutcome;
import org.cranny.engine.check.TrialRestore;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.snapshot.Snapshots;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "check", description = "Find out whether snapshots can be restored.")
final class CheckCommand implements Callable<Integer> {
    private static final int SHORT = 8;
    private static final String NOTHING = "There is no snapshot to check yet. Make one: cranny backup PATH";

    @ParentCommand
    private Cranny cranny;

    @Parameters(
            arity = "0..1",
            paramLabel = "SNAPSHOT",
            description = "The beginning of its id, or 'latest' (default: all).")
    private String snapshot;

    @Option(
            names = "--read-data",
            arity = "0..1",
            paramLabel = "SHARE",
            preprocessor = Share.class,
            converter = Share.class,
            description =
                    "Fetch and open one copy of every pack, drawn by lot; the others are proven by their hosts. With"
                            + " --read-data=5%% of a share of the packs, drawn anew each time.")
    private double readData;

    @Option(names = "--every-copy", description = "With --read-data: fetch every copy, and not one of each pack.")
    private boolean everyCopy;

    @Option(
            names = "--hosts",
            description = "Only ask the hosts: each reads all that it keeps of this from its disk and proves it, all at"
                    + " the same time; a line for each.")
    private boolean hosts;

    @Option(
            names = "--trial-restore",
            arity = "0..1",
            paramLabel = "SAMPLE",
            preprocessor = SampleWord.class,
            converter = SampleWord.class,
            description =
                    "Bring files that are drawn by lot back to a folder that is gone afterwards, and compare them:"
                            + " a share of the files (5%%), or as many as fit into a size (2G; when it is left out: 256M). Of"
                            + " the newest snapshot, unless one is named.")
    private Sample trial;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if ((hosts ? 1 : 0) + (trial != null ? 1 : 0) + (readData > 0 ? 1 : 0) > 1) {
            throw new WrongUseException("--hosts, --read-data and --trial-restore are three ways to check. Give one.");
        }
        if (everyCopy && readData == 0) {
            throw new WrongUseException("--every-copy says how --read-data reads. Give both.");
        }
        try (Machine machine = Machine.open(cranny.home());
                Backups backups = cranny.toRead(machine);
                Progress progress = cranny.progress("Checking")) {
            return (trial == null ? check(backups, progress) : restore(machine, backups, progress)).number();
        }
    }

    private ExitCode check(Backups backups, Progress progress) throws IOException, InterruptedException {
        Check check = backups.check((host, pack, reason) -> progress.warning(host.name(), reason));
        List<Snapshot> chosen = chosen(backups.source().snapshots());
        if (chosen.isEmpty()) {
            throw new IOException(NOTHING);
        }
        Reporting reporting = new Reporting(progress);
        CheckOutcome outcome =
                hosts ? check.hosts(chosen, reporting) : check.run(chosen, new Reading(readData, everyCopy), reporting);
        int told = backups.tell(outcome);
        if (told > 0) {
            progress.notice(told(told));
        }
        progress.close();
        if (cranny.json()) {
            cranny.screen().line(CheckReport.json(outcome, progress).toString());
        } else {
            if (hosts && !cranny.quiet()) {
                CheckReport.table(outcome).print(cranny.screen());
            }
            conclude(outcome, progress);
        }
        return outcome.sound() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private ExitCode restore(Machine machine, Backups backups, Progress progress)
            throws IOException, InterruptedException {
        TrialRestore trialRestore = backups.trialRestore((host, pack, reason) -> progress.warning(host.name(), reason));
        Snapshots snapshots = backups.source().snapshots();
        if (snapshot == null && snapshots.kept().isEmpty()) {
            throw new IOException(NOTHING);
        }
        Snapshot found = snapshots.find(snapshot == null ? "latest" : snapshot);
        TrialOutcome outcome = trialRestore.run(found, trial, machine.home().trialRestore(), new Reporting(progress));
        int told = backups.tell();
        if (told > 0) {
            progress.notice(told(told));
        }
        progress.close();
        if (cranny.json()) {
            cranny.screen().line(CheckReport.json(found, outcome, progress).toString());
        } else {
            cranny.say(CheckReport.sentence(found, outcome, progress));
            if (!outcome.sound()) {
                cranny.screen()
                        .errorLine("cranny: " + Human.count(outcome.findings().size(), "file")
                                + " did not come back as it was, and is named above. See what hosts keep: cranny check"
                                + " --hosts");
            }
        }
        return outcome.sound() ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** What people hear when central was told. */
    static String told(int copies) {
        return "Central was told of " + Human.count(copies, "copy", "copies")
                + " that are missing or wrong, and has others made.";
    }

    private List<Snapshot> chosen(Snapshots snapshots) throws IOException {
        return snapshot == null ? snapshots.kept() : List.of(snapshots.find(snapshot));
    }

    private void conclude(CheckOutcome outcome, Progress progress) {
        String looked = CheckReport.looked(outcome, hosts, progress);
        if (outcome.sound()) {
            cranny.say("All is well: " + looked);
            return;
        }
        long damaged = outcome.findings().stream().filter(Finding::damage).count();
        cranny.say("Looked at " + looked);
        cranny.screen()
                .errorLine(
                        "cranny: " + Human.count(damaged, "copy", "copies") + " damaged or missing, "
                                + Human.count(outcome.unproven(), "pack")
                                + " without any copy that could be seen to be right."
                                + " What is wrong is named above with its host; restores take other copies where there are some.");
    }

    /** Turns what the engine says into progress. */
    private record Reporting(Progress progress) implements CheckListener {
        @Override
        public void copy(long bytes) {
            progress.done(1, bytes);
        }

        @Override
        public void found(Finding finding) {
            String pack = finding.pack() == null ? "" : "pack " + finding.pack().substring(0, SHORT) + ": ";
            progress.warning(finding.hostName(), pack + finding.reason());
        }
    }
}
