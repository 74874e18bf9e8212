package org.cranny.client.cli.admin;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.client.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Who did what. */
@Command(
        name = "log",
        description = "List who did what, newest first; verify or export it.",
        synopsisSubcommandLabel = "COMMAND")
final class LogCommand implements Callable<Integer> {
    private static final int CHANGED = 1;

    @ParentCommand
    private AdminCommand admin;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "How many entries, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    private int limit = 100;

    @Option(names = "--before", paramLabel = "NUMBER", description = "Only entries before this one.")
    private Long before;

    @Option(
            names = "--actor",
            paramLabel = "WHO",
            description = "Only what WHO did, for example ann, 'system 3' or central.")
    private String actor;

    @Option(
            names = "--subject",
            paramLabel = "WHAT",
            description = "Only what was done with WHAT, for example 'system 3' or 'host 5'.")
    private String subject;

    @Override
    public Integer call() throws IOException {
        Map<String, Object> query = new TreeMap<>(Map.of("limit", limit));
        query.put("before", before);
        query.put("actor", actor);
        query.put("subject", subject);
        query.values().removeIf(Objects::isNull);
        try (PeoplesCentral central = admin.central()) {
            Answers.print(admin.common(), "log", central.get("log", query), LogCommand::table);
        }
        return 0;
    }

    @Command(description = "Walk the whole log and ask hosts what they keep of it; exit code 1 when it was changed.")
    int verify() throws IOException {
        try (PeoplesCentral central = admin.central()) {
            JsonObject verified = central.get("log/verification").asJsonObject();
            Answers.print(admin.common(), "log-verification", verified, sentence(verified));
            if (!admin.common().json()) {
                witnesses(verified).print(admin.common().screen());
            }
            return verified.getBoolean("whole") ? 0 : CHANGED;
        }
    }

    @Command(description = "Have hosts keep the newest entry's hash now, as they do every hour.")
    int anchor() throws IOException {
        try (PeoplesCentral central = admin.central()) {
            JsonObject anchored =
                    central.post("log/anchors", JsonValue.EMPTY_JSON_OBJECT).asJsonObject();
            Answers.print(
                    admin.common(), "log-anchored", anchored, "Kept by: " + Answers.text(anchored, "hosts") + ".");
        }
        return 0;
    }

    @Command(description = "Write the log into a new file as CSV.")
    int export(
            @Parameters(paramLabel = "FILE", description = "Must not exist.") Path file,
            @Option(names = "--after", paramLabel = "NUMBER", description = "Only entries behind this one.") Long after)
            throws IOException {
        if (Files.exists(file)) {
            throw admin.wrong("The file " + file + " exists. Name another one.");
        }
        try (PeoplesCentral central = admin.central();
                InputStream in = central.stream("log/export" + (after == null ? "" : "?after=" + after))) {
            Files.copy(in, file);
        }
        admin.common().say("Wrote " + file + ".");
        return 0;
    }

    private static String sentence(JsonObject verified) {
        if (verified.containsKey("broken") && !verified.isNull("broken")) {
            return "The log was changed: entry " + verified.get("broken") + " is not what was written.";
        }
        return verified.getBoolean("whole")
                ? "All " + verified.get("entries") + " entries are what was written."
                : "The log was changed: a host keeps another past.";
    }

    private static Table witnesses(JsonObject verified) {
        Table table = Table.of("Host", "", "Anchors", "Newest", "Differs at");
        for (JsonObject each : verified.getJsonArray("anchors").getValuesAs(JsonObject.class)) {
            table.row(
                    Answers.text(each, "name"),
                    JobsCommand.word(each, "state"),
                    Answers.text(each, "anchors"),
                    Answers.text(each, "newest"),
                    Answers.text(each, "differs"));
        }
        return table;
    }

    private static Table table(List<JsonObject> lines) {
        Table table = Table.of("Number", "When", "Who", "What", "With", "");
        for (JsonObject line : lines) {
            table.row(
                    Answers.text(line, "sequence"),
                    Answers.time(line, "written"),
                    Answers.text(line, "actor"),
                    Answers.text(line, "action"),
                    Answers.text(line, "subject"),
                    Answers.text(line, "detail"));
        }
        return table;
    }
}
