package org.cranny.client.cli;

import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.cranny.client.machine.Backups;
import org.cranny.client.machine.Machine;
import org.cranny.client.report.Human;
import org.cranny.client.report.JsonLine;
import org.cranny.client.report.Progress;
import org.cranny.engine.check.CheckListener;
import org.cranny.engine.check.CheckOutcome;
import org.cranny.engine.check.Finding;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.snapshot.Snapshots;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "check", description = "Find out whether snapshots can be restored.")
final class CheckCommand implements Callable<Integer> {
    private static final int SHORT = 8;

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
                    "Fetch and open every copy, instead of asking hosts for random proofs; of a share of the packs,"
                            + " drawn anew each time, with --read-data=5%%.")
    private double readData;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Machine machine = Machine.open(cranny.home());
                Backups backups = machine.toRead();
                Progress progress = cranny.progress("Checking")) {
            List<Snapshot> chosen = chosen(backups.source().snapshots());
            if (chosen.isEmpty()) {
                throw new IOException("There is no snapshot to check yet. Make one: cranny backup PATH");
            }
            CheckOutcome outcome = backups.check((host, pack, reason) -> progress.warning(host.name(), reason))
                    .run(chosen, readData, new Reporting(progress));
            int told = backups.tell(outcome);
            if (told > 0) {
                progress.notice(told(told));
            }
            progress.close();
            conclude(outcome, progress);
            return (outcome.sound() ? ExitCode.DONE : ExitCode.FAILED).number();
        }
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
        if (cranny.json()) {
            cranny.screen().line(summary(outcome, progress).toString());
            return;
        }
        String looked = Human.count(outcome.snapshots(), "snapshot") + ", " + Human.count(outcome.packs(), "pack")
                + ", "
                + Human.count(outcome.copies()) + " good copies of them, " + Human.bytes(outcome.bytes()) + " read in "
                + Human.duration(Duration.ofMillis(progress.elapsedMillis())) + ".";
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

    private JsonLine summary(CheckOutcome outcome, Progress progress) {
        var findings = JsonLine.array();
        outcome.findings().forEach(finding -> findings.add(json(finding)));
        return JsonLine.of("summary")
                .add("sound", outcome.sound())
                .add("snapshots", outcome.snapshots())
                .add("packs", outcome.packs())
                .add("copies", outcome.copies())
                .add("bytes", outcome.bytes())
                .add("unproven", outcome.unproven())
                .add("findings", findings.build())
                .addSeconds("seconds", progress.elapsedMillis());
    }

    private static JsonObjectBuilder json(Finding finding) {
        JsonObjectBuilder object = JsonLine.object()
                .add("host", finding.host())
                .add("hostName", finding.hostName())
                .add("damage", finding.damage())
                .add("reason", String.valueOf(finding.reason()));
        return finding.pack() == null ? object.addNull("pack") : object.add("pack", finding.pack());
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
