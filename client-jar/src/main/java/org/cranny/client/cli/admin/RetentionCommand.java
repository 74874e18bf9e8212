package org.cranny.client.cli.admin;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.client.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Which snapshots of a machine stay. */
@Command(
        name = "retention",
        description = "See which snapshots of a machine stay and why; forget others, bring them back, hold them.",
        synopsisSubcommandLabel = "COMMAND")
final class RetentionCommand implements Runnable {
    @ParentCommand
    private AdminCommand admin;

    @Override
    public void run() {
        throw admin.wrong("Say what to do, for example 'cranny admin retention plan 7'.");
    }

    @Command(description = "Show what is kept and why, and what would be forgotten.")
    int plan(@Parameters(paramLabel = "SYSTEM", description = "Its number or name.") String system) throws IOException {
        try (PeoplesCentral central = admin.central()) {
            show(central.get("systems/" + NamedSystem.number(central, system) + "/retention"));
        }
        return 0;
    }

    @Command(name = "run", description = "Forget what the policy does not keep; for a time it can be undone.")
    int forget(@Parameters(paramLabel = "SYSTEM", description = "Its number or name.") String system)
            throws IOException {
        JsonObject wanted = Json.createObjectBuilder().add("dryRun", false).build();
        try (PeoplesCentral central = admin.central()) {
            show(central.post("systems/" + NamedSystem.number(central, system) + "/forget", wanted));
        }
        return 0;
    }

    @Command(description = "Bring a forgotten snapshot back.")
    int undo(
            @Parameters(index = "0", paramLabel = "SYSTEM", description = "Its number or name.") String system,
            @Parameters(index = "1", paramLabel = "VERSION", description = "Of the snapshot.") long version)
            throws IOException {
        try (PeoplesCentral central = admin.central()) {
            show(central.post(path(central, system, version) + "/recall", JsonValue.EMPTY_JSON_OBJECT));
        }
        return 0;
    }

    @Command(description = "Keep a snapshot whatever the policy says, or let go of it.")
    int hold(
            @Parameters(index = "0", paramLabel = "SYSTEM", description = "Its number or name.") String system,
            @Parameters(index = "1", paramLabel = "VERSION", description = "Of the snapshot.") long version,
            @Option(names = "--reason", paramLabel = "TEXT", description = "Why it is kept.") String reason,
            @Option(names = "--release", description = "Let go of it.") boolean release)
            throws IOException {
        if (release == (reason != null)) {
            throw admin.wrong("Say why with --reason, or let go of it with --release.");
        }
        JsonObjectBuilder wanted = Json.createObjectBuilder();
        if (reason != null) {
            wanted.add("reason", reason);
        }
        try (PeoplesCentral central = admin.central()) {
            show(central.put(path(central, system, version) + "/hold", wanted.build()));
        }
        return 0;
    }

    private static String path(PeoplesCentral central, String system, long version) throws IOException {
        return "systems/" + NamedSystem.number(central, system) + "/versions/" + version;
    }

    private void show(JsonValue plan) {
        Answers.print(
                admin.common(), "retention", plan.asJsonObject().getJsonArray("snapshots"), RetentionCommand::table);
    }

    private static Table table(Iterable<JsonObject> snapshots) {
        Table table = Table.of("Version", "Snapshot", "Received", "State", "Why");
        for (JsonObject line : snapshots) {
            String id = Answers.text(line, "snapshot");
            table.row(
                    Answers.text(line, "version"),
                    id.substring(0, Math.min(8, id.length())),
                    Answers.time(line, "received"),
                    Answers.text(line, "state"),
                    Answers.text(line, "reason"));
        }
        return table;
    }
}
