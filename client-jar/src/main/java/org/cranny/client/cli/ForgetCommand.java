package org.cranny.client.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.cranny.client.machine.Backups;
import org.cranny.client.machine.Machine;
import org.cranny.client.report.Human;
import org.cranny.client.report.JsonLine;
import org.cranny.client.report.Table;
import org.cranny.engine.retention.ForgetOutcome;
import org.cranny.engine.retention.ForgetPlan;
import org.cranny.engine.retention.Forgetting;
import org.cranny.engine.retention.Graces;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "forget",
        description = {
            "Forget snapshots where there is no central, and clear away what only they needed.",
            "Without --yes it only shows what it would forget."
        })
final class ForgetCommand implements Callable<Integer> {
    private static final int WHOLE = 100;

    @ParentCommand
    private Cranny cranny;

    @Mixin
    private KeepOptions keep;

    @Option(
            names = "--yes",
            description = "Do it; and go on with what was forgotten before, as far as its time has come.")
    private boolean yes;

    @Option(
            names = "--recall",
            paramLabel = "SNAPSHOT",
            description = "Bring a forgotten snapshot back; nothing else is done.")
    private String recall;

    @Option(
            names = "--recall-days",
            paramLabel = "N",
            description = "How long a forgotten snapshot can be brought back (default: 30).")
    private int recallDays = (int) Graces.USUAL.recall().toDays();

    @Option(
            names = "--most-percent",
            paramLabel = "N",
            description = "The most that is put away at once, of all that hosts keep of this machine (default: 20).")
    private int mostPercent = Graces.USUAL.mostPercent();

    @Override
    public Integer call() throws IOException {
        if (recallDays < 0 || mostPercent < 0 || mostPercent > WHOLE) {
            throw new WrongUseException("--recall-days is a number from 0, and --most-percent one from 0 to 100.");
        }
        Graces graces = new Graces(Duration.ofDays(recallDays), Graces.USUAL.marksApart(), mostPercent);
        try (Machine machine = Machine.open(cranny.home());
                Backups backups = machine.toForget()) {
            Forgetting forgetting = backups.forgetting(graces);
            if (recall != null) {
                recall(backups, forgetting);
            } else {
                show(forgetting.plan(keep.rules()));
                conclude(forgetting);
            }
        }
        return ExitCode.DONE.number();
    }

    private void recall(Backups backups, Forgetting forgetting) throws IOException {
        var snapshot = backups.source().snapshots().find(recall);
        if (!forgetting.recall(snapshot)) {
            throw new WrongUseException("Snapshot " + snapshot.shortId() + " is not forgotten.");
        }
        if (cranny.json()) {
            cranny.screen()
                    .line(JsonLine.of("recalled").add("snapshot", snapshot.id()).toString());
        }
        cranny.say("Snapshot " + snapshot.shortId() + " is back.");
    }

    private void show(ForgetPlan plan) {
        if (cranny.json()) {
            plan.snapshots().forEach(line -> cranny.screen()
                    .line(JsonLine.of("retention")
                            .add("snapshot", line.snapshot())
                            .add("version", line.version())
                            .add("ended", line.ended().toString())
                            .add("state", word(line))
                            .add("reason", line.reason())
                            .toString()));
            return;
        }
        Table table = Table.of("ID", "Time", "", "");
        plan.snapshots()
                .forEach(line -> table.row(
                        line.snapshot().substring(0, 8),
                        Human.time(line.ended(), ZoneId.systemDefault()),
                        word(line),
                        line.reason()));
        table.print(cranny.screen());
    }

    private static String word(ForgetPlan.Line line) {
        return switch (line.state()) {
            case KEEP -> "keep";
            case FORGET -> "forget";
            case FORGOTTEN -> "forgotten";
        };
    }

    private void conclude(Forgetting forgetting) throws IOException {
        if (!yes) {
            cranny.say("Nothing was done. Say --yes if you mean it.");
            if (cranny.json()) {
                cranny.screen().line(JsonLine.of("summary").add("done", false).toString());
            }
            return;
        }
        ForgetOutcome outcome = forgetting.execute(keep.rules());
        outcome.troubles().forEach(line -> cranny.screen().errorLine("cranny: warning: " + line));
        if (cranny.json()) {
            cranny.screen().line(summary(outcome).toString());
            return;
        }
        cranny.say(Human.count(outcome.forgotten(), "snapshot") + " forgotten, " + outcome.givenUp() + " given up, "
                + Human.count(outcome.marked(), "pack") + " marked, " + outcome.putAway()
                + " fragments put into the trash of hosts, " + outcome.deleted() + " deleted, " + outcome.waiting()
                + " still to go.");
        if (outcome.refused() != null) {
            cranny.say("Nothing was put away: " + outcome.refused() + ".");
        }
    }

    private static JsonLine summary(ForgetOutcome outcome) {
        return JsonLine.of("summary")
                .add("done", true)
                .add("forgotten", outcome.forgotten())
                .add("givenUp", outcome.givenUp())
                .add("marked", outcome.marked())
                .add("putAway", outcome.putAway())
                .add("deleted", outcome.deleted())
                .add("waiting", outcome.waiting())
                .add("refused", outcome.refused());
    }
}
