package org.cranny.client.cli.admin;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.client.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "snapshots", description = "List a machine's snapshots, newest first, and who keeps them.")
final class AdminSnapshotsCommand implements Callable<Integer> {
    private static final int SHORT = 8;

    @ParentCommand
    private AdminCommand admin;

    @Parameters(paramLabel = "SYSTEM", description = "The machine's number; see 'cranny admin systems'.")
    private long system;

    @Option(names = "--forgotten", description = "Also those that are forgotten.")
    private boolean forgotten;

    @Override
    public Integer call() throws IOException {
        try (PeoplesCentral central = admin.central()) {
            Answers.print(
                    admin.common(),
                    "snapshot",
                    central.get("systems/" + system + "/snapshots", Map.of("forgotten", forgotten)),
                    AdminSnapshotsCommand::table);
        }
        return 0;
    }

    private static Table table(Iterable<JsonObject> snapshots) {
        Table table = Table.of("ID", "Received", "Files", "Size", "New", "Copies");
        for (JsonObject snapshot : snapshots) {
            table.row(
                    snapshot.getString("snapshot").substring(0, SHORT),
                    Answers.time(snapshot, "received"),
                    Answers.text(snapshot, "files"),
                    Answers.bytes(snapshot, "bytes"),
                    Answers.bytes(snapshot, "storedBytes"),
                    Answers.text(snapshot, "copies"));
        }
        return table;
    }
}
