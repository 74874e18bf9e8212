package org.cranny.client.cli.admin;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.client.report.Human;
import org.cranny.client.report.Table;
import org.cranny.engine.backup.CatalogueAwayException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What is asked for is shown until it ends; whoever stops watching stops nothing. */
@Command(
        name = "upgrade",
        description = "Let programs that central installed take a newer version, a few of them first.")
final class UpgradeCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final long LOOK_MILLIS = 1_000;

    @ParentCommand
    private AdminCommand admin;

    @Parameters(paramLabel = "SYSTEM", arity = "0..*", description = "A system's number or exact name.")
    private List<String> systems = List.of();

    @Option(names = "--all", description = "Every program that central may upgrade.")
    private boolean all;

    @Option(
            names = "--role",
            split = ",",
            paramLabel = "ROLE",
            description = "daemon, source, or daemon,source (default: both).")
    private List<String> roles = List.of();

    @Option(
            names = "--to",
            paramLabel = "VERSION",
            description = "The version that is to run (default: the newest that central has).")
    private String version;

    @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
    private boolean dryRun;

    @Option(
            names = "--stop",
            paramLabel = "ID",
            description = "Stop this upgrade: whoever did not begin keeps the version that it has.")
    private Long stop;

    private final Map<String, String> told = new HashMap<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        int ways = (all ? 1 : 0) + (systems.isEmpty() ? 0 : 1) + (stop == null ? 0 : 1);
        if (ways != 1) {
            throw admin.wrong("Name systems, or say --all, or --stop ID.");
        }
        try (PeoplesCentral central = admin.central()) {
            JsonObject last = stop == null
                    ? untilEnded(central, central.post("upgrades", request()).asJsonObject())
                    : central.post("upgrades/" + stop + "/stop", JsonValue.EMPTY_JSON_OBJECT)
                            .asJsonObject();
            Answers.print(admin.common(), "upgrade", last, report(last));
            return last.getInt("failed") == 0
                            && (stop != null || !last.getString("state").equals("STOPPED"))
                    ? 0
                    : FAILED;
        }
    }

    private JsonObject request() {
        JsonObjectBuilder request = Json.createObjectBuilder()
                .add("all", all)
                .add("systems", Json.createArrayBuilder(systems))
                .add("roles", Json.createArrayBuilder(roles))
                .add("dryRun", dryRun);
        if (version != null) {
            request.add("version", version);
        }
        return request.build();
    }

    private JsonObject untilEnded(PeoplesCentral central, JsonObject begun) throws IOException, InterruptedException {
        JsonObject now = begun;
        tell(now);
        while (now.getString("state").equals("RUNNING")) {
            Thread.sleep(LOOK_MILLIS);
            try {
                now = central.get("upgrades/" + now.get("id")).asJsonObject();
            } catch (CatalogueAwayException away) {
                continue;
            }
            tell(now);
        }
        return now;
    }

    private void tell(JsonObject now) {
        for (JsonObject line : lines(now)) {
            String state = line.getString("state");
            boolean moves = state.equals("UPGRADING") || state.equals("UPGRADED") || state.equals("FAILED");
            String name = line.getString("name") + ", " + line.getString("program");
            if (moves && !state.equals(told.put(name + line.get("system"), state))) {
                Answers.print(admin.common(), "upgrading", line, name + " " + word(line, now.getString("version")));
            }
        }
    }

    private static String word(JsonObject line, String version) {
        return switch (line.getString("state")) {
            case "UPGRADING" -> "fetches and tries " + version;
            case "UPGRADED" -> "runs " + version;
            default -> "failed: " + Answers.text(line, "reason");
        };
    }

    /** A table of all programs and a sentence. */
    static String report(JsonObject upgrade) {
        Table table = Table.of("System", "Name", "Program", "Before", "Result", "Reason");
        for (JsonObject line : lines(upgrade)) {
            table.row(
                    Answers.text(line, "system"),
                    line.getString("name"),
                    line.getString("program"),
                    line.getString("before"),
                    line.getString("state"),
                    Answers.text(line, "reason"));
        }
        return table + "\n" + sentence(upgrade);
    }

    private static String sentence(JsonObject upgrade) {
        String version = upgrade.getString("version");
        String stopped = Answers.text(upgrade, "stopped");
        if (upgrade.getString("state").equals("TRIED")) {
            long able = lines(upgrade).stream()
                    .filter(line -> line.getString("state").equals("WAITING"))
                    .count();
            return Human.count(able, "program") + " would be upgraded to " + version + ".";
        }
        String done = Human.count(upgrade.getJsonNumber("upgraded").longValue(), "program") + " upgraded to " + version;
        return stopped.isEmpty() ? done + "." : done + ". The upgrade stopped: " + stopped + ".";
    }

    private static List<JsonObject> lines(JsonObject upgrade) {
        JsonValue results = upgrade.getOrDefault("results", JsonValue.EMPTY_JSON_ARRAY);
        return results.asJsonArray().getValuesAs(JsonObject.class);
    }
}
