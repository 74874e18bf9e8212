package org.cranny.client.cli.admin;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.client.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What is backed up, when and how: for the company, groups, systems and folders. */
@Command(
        name = "policy",
        description = "See and set what is backed up, when and how.",
        synopsisSubcommandLabel = "COMMAND")
final class PolicyCommand implements Runnable {
    @ParentCommand
    private AdminCommand admin;

    @Override
    public void run() {
        throw admin.wrong("Say what to do, for example 'cranny admin policy list'.");
    }

    @Command(description = "Show what holds for a system and where it comes from, or what the company sets.")
    int show(
            @Parameters(arity = "0..1", paramLabel = "SYSTEM", description = "Its number (default: the company).")
                    Long system)
            throws IOException {
        try (PeoplesCentral central = admin.central()) {
            String path = system == null ? "policies/company/default" : "systems/" + system + "/policy";
            JsonObject shown = central.get(path).asJsonObject();
            if (admin.common().json()) {
                Answers.print(admin.common(), system == null ? "policy" : "effective-policy", shown, "");
            } else {
                members(shown).print(admin.common().screen());
            }
        }
        return 0;
    }

    @Command(description = "List all policies.")
    int list() throws IOException {
        try (PeoplesCentral central = admin.central()) {
            Answers.print(admin.common(), "policy", central.get("policies"), PolicyCommand::table);
        }
        return 0;
    }

    @Command(description = "Set all that one scope sets, from a file with JSON (docs/reference/policies.md).")
    int set(
            @Parameters(index = "0", paramLabel = "SCOPE", description = "company, group, system or path.")
                    String scope,
            @Parameters(
                            index = "1",
                            paramLabel = "NAME",
                            description = "default, a group, a system's number, or NUMBER:PATH.")
                    String name,
            @Parameters(index = "2", paramLabel = "FILE.json", description = "What it sets.") Path file)
            throws IOException {
        JsonObject document = read(file);
        try (PeoplesCentral central = admin.central()) {
            JsonObject set = central.put(path(scope, name), document).asJsonObject();
            Answers.print(admin.common(), "policy", set, "The policy of " + scope + " " + name + " is set.");
        }
        return 0;
    }

    @Command(description = "Take away what one scope sets; wider scopes hold then.")
    int unset(
            @Parameters(index = "0", paramLabel = "SCOPE") String scope,
            @Parameters(index = "1", paramLabel = "NAME") String name)
            throws IOException {
        try (PeoplesCentral central = admin.central()) {
            central.delete(path(scope, name));
            JsonObject gone = Json.createObjectBuilder()
                    .add("scope", scope)
                    .add("name", name)
                    .addNull("policy")
                    .build();
            Answers.print(admin.common(), "policy", gone, "Nothing is set for " + scope + " " + name + " any more.");
        }
        return 0;
    }

    @Command(description = "Show who changed a policy, when and how; newest first.")
    int history(
            @Parameters(index = "0", paramLabel = "SCOPE") String scope,
            @Parameters(index = "1", paramLabel = "NAME") String name)
            throws IOException {
        try (PeoplesCentral central = admin.central()) {
            JsonValue changes = central.get("policies/history/" + scope + "/" + name);
            Answers.print(admin.common(), "policy-change", changes, PolicyCommand::changes);
        }
        return 0;
    }

    @Command(description = "Show when a system is backed up next.")
    int next(
            @Parameters(index = "0", paramLabel = "SYSTEM", description = "Its number.") long system,
            @Option(names = "--count", paramLabel = "N", description = "How many times (default: 10).") Integer count)
            throws IOException {
        try (PeoplesCentral central = admin.central()) {
            JsonValue times =
                    central.get("systems/" + system + "/policy/next", Map.of("count", count == null ? 10 : count));
            Answers.print(admin.common(), "due", times, PolicyCommand::times);
        }
        return 0;
    }

    @Command(description = "Show what a system's next backup would look at, judged by its newest one.")
    int forecast(@Parameters(index = "0", paramLabel = "SYSTEM", description = "Its number.") long system)
            throws IOException {
        try (PeoplesCentral central = admin.central()) {
            JsonObject forecast =
                    central.get("systems/" + system + "/policy/forecast").asJsonObject();
            String says = forecast.containsKey("snapshot")
                    ? (forecast.getBoolean("complete") ? "" : "More than ") + Answers.text(forecast, "files")
                            + " files, " + Answers.bytes(forecast, "bytes") + "; "
                            + Answers.text(forecast, "leftOut") + " things left out."
                    : "System " + system + " has no backup yet, so nobody knows what is on it.";
            Answers.print(admin.common(), "forecast", forecast, says);
        }
        return 0;
    }

    @Command(description = "Show the groups of a system, or give it these and no others; the first one wins.")
    int labels(
            @Parameters(index = "0", paramLabel = "SYSTEM", description = "Its number.") long system,
            @Parameters(index = "1..*", arity = "0..*", paramLabel = "GROUP") List<String> groups,
            @Option(names = "--none", description = "Take all groups away.") boolean none)
            throws IOException {
        try (PeoplesCentral central = admin.central()) {
            String path = "systems/" + system + "/labels";
            boolean change = none || groups != null && !groups.isEmpty();
            JsonObject labels =
                    (change ? central.put(path, body(none ? List.of() : groups)) : central.get(path)).asJsonObject();
            Answers.print(admin.common(), "labels", labels, groups(system, labels));
        }
        return 0;
    }

    private static String groups(long system, JsonObject shown) {
        String labels = Answers.text(shown, "labels");
        String more = Answers.text(shown, "directoryGroups");
        if (more.isEmpty()) {
            return labels.isEmpty() ? "System " + system + " is in no group." : "System " + system + ": " + labels;
        }
        return "System " + system + ": " + (labels.isEmpty() ? "no labels" : labels)
                + "; of its owner in the directory: " + more;
    }

    private static String path(String scope, String name) {
        return "policies/" + scope + "/" + name;
    }

    private static JsonObject body(List<String> groups) {
        JsonArrayBuilder labels = Json.createArrayBuilder();
        groups.forEach(labels::add);
        return Json.createObjectBuilder().add("labels", labels).build();
    }

    private JsonObject read(Path file) throws IOException {
        try (Reader text = Files.newBufferedReader(file);
                JsonReader reader = Json.createReader(text)) {
            return reader.readObject();
        } catch (JsonException e) {
            throw admin.wrong(
                    "The file " + file + " is no JSON object: " + e.getMessage().replace('\n', ' '));
        }
    }

    private static Table table(Iterable<JsonObject> policies) {
        Table table = Table.of("Scope", "Name", "Sets", "Changed", "By");
        for (JsonObject policy : policies) {
            table.row(
                    Answers.text(policy, "scope"),
                    Answers.text(policy, "name"),
                    String.join(" ", policy.getJsonObject("policy").keySet()),
                    Answers.time(policy, "changed"),
                    Answers.text(policy, "changedBy"));
        }
        return table;
    }

    private static Table changes(Iterable<JsonObject> changes) {
        Table table = Table.of("Changed", "By", "Before", "After");
        for (JsonObject change : changes) {
            table.row(
                    Answers.time(change, "changed"),
                    Answers.text(change, "changedBy"),
                    Answers.text(change, "before"),
                    Answers.text(change, "after"));
        }
        return table;
    }

    private static Table times(Iterable<JsonObject> times) {
        Table table = Table.of("Due");
        times.forEach(time -> table.row(Answers.time(time, "due")));
        return table;
    }

    /** Every member that is set, with its place inside others, and where it comes from when that is known. */
    private static Table members(JsonObject shown) {
        Table table = Table.of("Member", "Is", "Set by");
        JsonObject origins =
                shown.containsKey("origins") ? shown.getJsonObject("origins") : JsonValue.EMPTY_JSON_OBJECT;
        rows(table, "", shown.getJsonObject("policy"), origins);
        JsonArray folders = shown.containsKey("folders") ? shown.getJsonArray("folders") : JsonValue.EMPTY_JSON_ARRAY;
        for (JsonObject folder : folders.getValuesAs(JsonObject.class)) {
            table.row("excludes in " + Answers.text(folder, "path"), Answers.text(folder, "excludes"), "path");
        }
        return table;
    }

    private static void rows(Table table, String above, JsonObject object, JsonObject origins) {
        object.forEach((name, value) -> {
            String member = above + name;
            if (value instanceof JsonObject nested) {
                rows(table, member + ".", nested, origins);
            } else {
                table.row(member, Answers.text(object, name), Answers.text(origins, member));
            }
        });
    }
}
