package org.cranny.client.cli.admin;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.client.report.Human;
import org.cranny.client.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "master-file",
        description = "Show which versions of the master file there were, and what each changed.")
final class MasterFileHistoryCommand implements Callable<Integer> {
    @ParentCommand
    private AdminCommand admin;

    @Option(names = "--versions", description = "List versions, newest first (the default).")
    private boolean versions;

    @Option(names = "--changes", paramLabel = "VERSION", description = "Show what this version changed.")
    private Long changes;

    @Option(names = "--before", paramLabel = "VERSION", description = "Only versions before this one.")
    private Long before;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "How many (default: 20).")
    private int limit;

    @Override
    public Integer call() throws IOException {
        if (versions && changes != null) {
            throw admin.wrong("Give --versions or --changes, not both.");
        }
        try (PeoplesCentral central = admin.central()) {
            if (changes != null) {
                show(Pages.whole(central, "master-file/versions/" + changes + "/changes", "hosts", "host"));
            } else {
                Map<String, Object> query =
                        before == null ? Map.of("limit", limit) : Map.of("limit", limit, "before", before);
                Answers.print(
                        admin.common(),
                        "master-file-version",
                        central.get("master-file/versions", query),
                        MasterFileHistoryCommand::table);
            }
        }
        return 0;
    }

    private void show(JsonObject found) {
        if (admin.common().json()) {
            Answers.print(admin.common(), "master-file-changes", found, "");
            return;
        }
        JsonObject version = found.getJsonObject("version");
        admin.common()
                .screen()
                .line("Version " + Answers.text(version, "version") + ", " + time(version) + ", "
                        + Answers.text(version, "reason"));
        Table table = Table.of("ID", "Name", "Change", "Members");
        for (JsonObject host : found.getJsonArray("hosts").getValuesAs(JsonObject.class)) {
            table.row(
                    Answers.text(host, "host"),
                    Answers.text(host, "name"),
                    Answers.text(host, "change").toLowerCase(Locale.ROOT),
                    members(host));
        }
        table.print(admin.common().screen());
    }

    private static String members(JsonObject host) {
        return host.getJsonArray("members").getValuesAs(JsonObject.class).stream()
                .map(member -> Answers.text(member, "member") + " " + Answers.text(member, "before") + " → "
                        + Answers.text(member, "after"))
                .collect(Collectors.joining(", "));
    }

    private static Table table(Iterable<JsonObject> versions) {
        Table table = Table.of("Version", "Made", "Hosts", "Added", "Changed", "Gone", "Reason");
        for (JsonObject version : versions) {
            table.row(
                    Answers.text(version, "version"),
                    time(version),
                    Answers.text(version, "hosts"),
                    Answers.text(version, "added"),
                    Answers.text(version, "changed"),
                    Answers.text(version, "gone"),
                    Answers.text(version, "reason"));
        }
        return table;
    }

    private static String time(JsonObject version) {
        return Human.time(Instant.ofEpochSecond(version.getJsonNumber("time").longValue()), ZoneId.systemDefault());
    }
}
