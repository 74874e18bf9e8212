package org.cranny.client.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.cranny.client.machine.Machine;
import org.cranny.client.report.Human;
import org.cranny.client.report.JsonLine;
import org.cranny.client.report.Progress;
import org.cranny.engine.rebuild.RebuildListener;
import org.cranny.engine.rebuild.RebuildOutcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "rebuild-index",
        description = "Make this machine's index again from what central and hosts keep, when it is damaged.")
final class RebuildIndexCommand implements Callable<Integer> {
    @ParentCommand
    private Cranny cranny;

    @Override
    public Integer call() throws IOException {
        try (Machine machine = Machine.open(cranny.home());
                Progress progress = cranny.progress("Rebuilding the index")) {
            RebuildOutcome outcome = machine.recollection().ofIndex(new RebuildListener() {
                private long shown;

                @Override
                public void packs(long known, long total) {
                    progress.total(total, 0);
                    progress.done(known - shown, 0);
                    shown = known;
                }

                @Override
                public void lost(long version) {
                    progress.warning(
                            "snapshot " + version,
                            "is lost: its manifest is damaged, and nobody else has it. What it kept is kept again by the"
                                    + " next backup");
                }

                @Override
                public void unknown(String pack, String reason) {
                    progress.warning(pack, reason);
                }
            });
            progress.close();
            conclude(outcome, progress.elapsedMillis());
            return (outcome.unknown() > 0 ? ExitCode.FAILED : ExitCode.DONE).number();
        }
    }

    private void conclude(RebuildOutcome outcome, long millis) {
        if (cranny.json()) {
            cranny.screen()
                    .line(JsonLine.of("summary")
                            .add("snapshots", outcome.snapshots())
                            .add("packs", outcome.packs())
                            .add("unknown", outcome.unknown())
                            .addSeconds("seconds", millis)
                            .toString());
            return;
        }
        cranny.say("The index is made again: " + Human.count(outcome.snapshots(), "snapshot") + ", "
                + Human.count(outcome.packs(), "pack") + ".");
        if (outcome.unknown() > 0) {
            cranny.screen()
                    .errorLine("cranny: " + Human.count(outcome.unknown(), "pack")
                            + " of them could not be read. What only they hold is sent again by the next backup, while"
                            + " its files are there; 'cranny check' says what is missing.");
        }
    }
}
