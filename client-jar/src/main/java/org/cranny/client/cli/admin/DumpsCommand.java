package org.cranny.client.cli.admin;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.client.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(name = "dumps", description = "List the dumps of central's own state; or make one now.")
final class DumpsCommand implements Callable<Integer> {
    @ParentCommand
    private AdminCommand admin;

    @Override
    public Integer call() throws IOException {
        try (PeoplesCentral central = admin.central()) {
            Answers.print(admin.common(), "dump", central.get("dumps"), DumpsCommand::table);
        }
        return 0;
    }

    @Command(name = "now", description = "Dump central's state now.")
    int now() throws IOException {
        try (PeoplesCentral central = admin.central()) {
            JsonObject made = central.post("dumps", JsonValue.EMPTY_JSON_OBJECT).asJsonObject();
            Answers.print(
                    admin.common(),
                    "dump",
                    made,
                    "Made " + Answers.text(made, "name") + ", " + Answers.bytes(made, "octets") + ".");
        }
        return 0;
    }

    private static Table table(Iterable<JsonObject> dumps) {
        Table table = Table.of("Name", "Made", "Size");
        for (JsonObject dump : dumps) {
            table.row(Answers.text(dump, "name"), Answers.time(dump, "made"), Answers.bytes(dump, "octets"));
        }
        return table;
    }
}
