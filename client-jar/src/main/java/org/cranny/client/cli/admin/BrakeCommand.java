package org.cranny.client.cli.admin;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.client.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Where deletion is stopped. */
@Command(
        name = "brake",
        description = "Show where deletion of snapshots is stopped, stop it, and let it go on.",
        synopsisSubcommandLabel = "COMMAND")
final class BrakeCommand implements Runnable {
    @ParentCommand
    private AdminCommand admin;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say list, show, set or release.");
    }

    @Command(description = "List brakes that are on.")
    int list(@Option(names = "--all", description = "Also those that were released.") boolean all) throws IOException {
        try (PeoplesCentral central = admin.central()) {
            JsonValue list = central.get("brakes", Map.of("all", all));
            Answers.print(admin.common(), "brake", list, BrakeCommand::table);
        }
        return 0;
    }

    @Command(description = "Show one brake: what was seen, and which snapshot is of before.")
    int show(@Parameters(paramLabel = "ID", description = "Of the brake.") long id) throws IOException {
        try (PeoplesCentral central = admin.central()) {
            JsonObject brake = central.get("brakes/" + id, Map.of()).asJsonObject();
            String good = Answers.text(brake, "lastGood");
            Answers.print(
                    admin.common(),
                    "brake",
                    brake,
                    "Brake " + id + ": " + Answers.text(brake, "reason")
                            + (good.isEmpty() ? "." : ". Version " + good + " is of before."));
        }
        return 0;
    }

    @Command(description = "Stop deletion at once; two people are needed to let it go on.")
    int set(
            @Parameters(paramLabel = "SYSTEM", arity = "0..1", description = "Its number or name.") String system,
            @Option(names = "--all", description = "Of all systems.") boolean all,
            @Option(names = "--reason", paramLabel = "TEXT", description = "Why.") String reason)
            throws IOException {
        if (all == (system != null)) {
            throw new ParameterException(spec.commandLine(), "Say which system, or --all.");
        }
        JsonObjectBuilder pull = Json.createObjectBuilder();
        if (reason != null) {
            pull.add("reason", reason);
        }
        try (PeoplesCentral central = admin.central()) {
            if (system != null) {
                pull.add("system", NamedSystem.number(central, system));
            }
            JsonObject brake = central.post("brakes", pull.build()).asJsonObject();
            Answers.print(admin.common(), "brake", brake, "Brake " + Answers.text(brake, "id") + " is on.");
        }
        return 0;
    }

    @Command(description = "Let deletion go on; asks for another administrator's leave first.")
    int release(@Parameters(paramLabel = "ID", description = "Of the brake.") long id) throws IOException {
        try (PeoplesCentral central = admin.central()) {
            JsonObject brake = central.post("brakes/" + id + "/release", JsonValue.EMPTY_JSON_OBJECT)
                    .asJsonObject();
            Answers.print(admin.common(), "brake", brake, "Brake " + id + " is released.");
        }
        return 0;
    }

    private static Table table(List<JsonObject> brakes) {
        Table table = Table.of("ID", "System", "Good until", "Pulled by", "Pulled", "Reason", "Released");
        for (JsonObject brake : brakes) {
            table.row(
                    Answers.text(brake, "id"),
                    Answers.text(brake, "system"),
                    Answers.text(brake, "lastGood"),
                    Answers.text(brake, "pulledBy"),
                    Answers.time(brake, "pulled"),
                    Answers.text(brake, "reason"),
                    Answers.time(brake, "released"));
        }
        return table;
    }
}
