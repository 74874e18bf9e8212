package org.cranny.client.cli.admin;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.client.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(name = "jobs", description = "List jobs, newest first.")
final class JobsCommand implements Callable<Integer> {
    @ParentCommand
    private AdminCommand admin;

    @Option(names = "--system", paramLabel = "SYSTEM", description = "Number or name of a system (default: all).")
    private String system;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "waiting, running, done, failed or cancelled (default: all).")
    private String state;

    @Option(names = "--after", paramLabel = "ID", description = "Go on after this job of the list.")
    private Long after;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "How many (default: 50).")
    private int limit;

    @Override
    public Integer call() throws IOException {
        try (PeoplesCentral central = admin.central()) {
            Map<String, Object> query = new LinkedHashMap<>();
            query.put("limit", limit);
            if (state != null) {
                query.put("state", state.toUpperCase(Locale.ROOT));
            }
            if (after != null) {
                query.put("after", after);
            }
            if (system != null) {
                query.put("system", NamedSystem.number(central, system));
            }
            Answers.print(admin.common(), "job", central.get("jobs", query), JobsCommand::table);
        }
        return 0;
    }

    private static Table table(Iterable<JsonObject> jobs) {
        Table table = Table.of("ID", "System", "Kind", "State", "Asked", "By", "Files", "Exit", "");
        for (JsonObject job : jobs) {
            JsonObject progress =
                    job.get("progress") instanceof JsonObject known ? known : JsonObject.EMPTY_JSON_OBJECT;
            table.row(
                    Answers.text(job, "id"),
                    Answers.text(job, "system"),
                    word(job, "kind"),
                    word(job, "state") + (job.get("hold") instanceof JsonObject ? " (held)" : ""),
                    Answers.time(job, "created"),
                    Answers.text(job, "actor"),
                    Answers.text(progress, "files"),
                    Answers.text(job, "exitCode"),
                    Answers.text(job, "reason"));
        }
        return table;
    }

    static String word(JsonObject job, String name) {
        return Answers.text(job, name).toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
