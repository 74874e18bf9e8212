package org.cranny.client.cli;

import jakarta.json.JsonArrayBuilder;
import java.io.Console;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneId;
import org.cranny.client.keys.KeyReport;
import org.cranny.client.keys.KeyRotation;
import org.cranny.client.machine.Machine;
import org.cranny.client.report.Human;
import org.cranny.client.report.JsonLine;
import org.cranny.client.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "keys",
        description = "See and rotate the keys that seal this machine's backups.",
        synopsisSubcommandLabel = "COMMAND")
final class KeysCommand implements Runnable {
    @ParentCommand
    private Cranny cranny;

    @Override
    public void run() {
        throw new WrongUseException("Say what to do, for example 'cranny keys show'.");
    }

    @Command(description = "Show the generations of keys, and whether central has them in escrow; no secret is shown.")
    int show() throws IOException {
        try (Machine machine = Machine.open(cranny.home())) {
            KeyReport report = KeyReport.of(machine);
            if (cranny.json()) {
                cranny.screen().line(json(report).toString());
            } else {
                show(report);
            }
        }
        return ExitCode.DONE.number();
    }

    @Command(
            description = {
                "Seal new backups with new keys. Nothing is sent again, and old backups stay readable.",
                "The new keys are in escrow at central before they are used."
            })
    int rotate(
            @Option(
                            names = "--after-compromise",
                            description = "The keys may be in wrong hands: the next backup sends everything again.")
                    boolean afterCompromise,
            @Option(names = "--yes", description = "Do not ask (with --after-compromise).") boolean yes)
            throws IOException {
        try (Machine machine = Machine.open(cranny.home())) {
            if (afterCompromise && !yes && !agreed(warning(machine))) {
                cranny.say("Nothing was done.");
                return ExitCode.DONE.number();
            }
            int generation = new KeyRotation(machine, new SecureRandom()).rotate(afterCompromise);
            if (cranny.json()) {
                cranny.screen()
                        .line(JsonLine.of("summary")
                                .add("generation", generation)
                                .add("afterCompromise", afterCompromise)
                                .toString());
            }
            cranny.say("Generation " + generation + " of the keys is in escrow and seals from now on. "
                    + (afterCompromise ? "The next backup sends everything again." : "Nothing is sent again."));
        }
        return ExitCode.DONE.number();
    }

    private static String warning(Machine machine) throws IOException {
        return machine.snapshots()
                .newest()
                .map(last -> "The next backup will send everything again; the newest snapshot has "
                        + Human.bytes(last.manifest().bytes()) + ".")
                .orElse("The next backup will send everything.");
    }

    private static boolean agreed(String warning) {
        Console console = System.console();
        if (console == null) {
            throw new WrongUseException(warning + " Say --yes if you mean it.");
        }
        String answer = console.readLine("%s Type 'yes' if you mean it: ", warning);
        return "yes".equals(answer);
    }

    private void show(KeyReport report) {
        Table table = Table.of("Generation", "In escrow since", "");
        for (KeyReport.Generation each : report.generations()) {
            table.row(
                    String.valueOf(each.number()),
                    each.deposited() != null
                            ? Human.time(Instant.parse(each.deposited()), ZoneId.systemDefault())
                            : report.centralTrouble().isPresent() ? "not known" : "NOT IN ESCROW",
                    each.number() == report.sealing() ? "seals new backups" : "");
        }
        table.print(cranny.screen());
        report.centralTrouble().ifPresent(cranny.screen()::line);
        if (report.missing()) {
            cranny.screen().line("Central has not got the keys of the newest backups. Run 'cranny keys rotate'.");
        } else if (report.waiting()) {
            cranny.screen().line("A rotation was interrupted; its keys are not in use. Run 'cranny keys rotate'.");
        }
    }

    private static JsonLine json(KeyReport report) {
        JsonArrayBuilder generations = JsonLine.array();
        for (KeyReport.Generation each : report.generations()) {
            var generation = JsonLine.object().add("generation", each.number());
            if (each.deposited() != null) {
                generation.add("deposited", each.deposited());
            }
            generations.add(generation);
        }
        return JsonLine.of("keys")
                .add("sealing", report.sealing())
                .add("generations", generations.build())
                .add("waiting", report.waiting())
                .add("centralTrouble", report.centralTrouble().orElse(null));
    }
}
