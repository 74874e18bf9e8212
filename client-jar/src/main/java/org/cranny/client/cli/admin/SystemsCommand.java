package org.cranny.client.cli.admin;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.client.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(name = "systems", description = "List the machines of the realm.")
final class SystemsCommand implements Callable<Integer> {
    @ParentCommand
    private AdminCommand admin;

    @Override
    public Integer call() throws IOException {
        try (PeoplesCentral central = admin.central()) {
            Answers.print(admin.common(), "system", Pages.whole(central, "systems", "number"), SystemsCommand::table);
        }
        return 0;
    }

    private static Table table(Iterable<JsonObject> systems) {
        Table table = Table.of("ID", "Name", "Roles", "Enrolled", "Owner", "");
        for (JsonObject system : systems) {
            table.row(
                    Answers.text(system, "number"),
                    Answers.text(system, "name"),
                    Answers.text(system, "roles"),
                    Answers.time(system, "enrolled"),
                    Answers.text(system, "owner"),
                    system.getBoolean("revoked", false) ? "shut out" : "");
        }
        return table;
    }
}
