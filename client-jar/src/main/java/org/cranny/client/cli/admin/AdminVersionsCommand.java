package org.cranny.client.cli.admin;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.client.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "versions", description = "Show what a file was over all snapshots of a machine.")
final class AdminVersionsCommand implements Callable<Integer> {
    private static final int SHORT = 8;

    @ParentCommand
    private AdminCommand admin;

    @Parameters(index = "0", paramLabel = "SYSTEM", description = "The machine's number.")
    private long system;

    @Parameters(index = "1", paramLabel = "PATH", description = "A file or folder.")
    private String path;

    @Override
    public Integer call() throws IOException {
        try (PeoplesCentral central = admin.central()) {
            Answers.print(
                    admin.common(),
                    "version-of",
                    central.get("systems/" + system + "/versions", Map.of("path", path)),
                    AdminVersionsCommand::table);
        }
        return 0;
    }

    private static Table table(Iterable<JsonObject> versions) {
        Table table = Table.of("From", "Time", "To", "Time", "What");
        for (JsonObject version : versions) {
            table.row(
                    version.getString("firstSnapshot").substring(0, SHORT),
                    Answers.time(version, "first"),
                    version.getString("lastSnapshot").substring(0, SHORT),
                    Answers.time(version, "last"),
                    EntryText.brief(version, "entry"));
        }
        return table;
    }
}
