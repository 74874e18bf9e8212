package org.cranny.client.cli.admin;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.client.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(name = "inventory", description = "Show which version of which program runs where.")
final class InventoryCommand implements Callable<Integer> {
    @ParentCommand
    private AdminCommand admin;

    @Override
    public Integer call() throws IOException {
        try (PeoplesCentral central = admin.central()) {
            Answers.print(admin.common(), "program", central.get("inventory"), InventoryCommand::table);
        }
        return 0;
    }

    private static Table table(Iterable<JsonObject> programs) {
        Table table = Table.of("System", "Name", "Program", "Version", "Since", "Newest", "State", "Kept by");
        for (JsonObject program : programs) {
            table.row(
                    Answers.text(program, "system"),
                    program.getString("name"),
                    program.getString("program"),
                    program.getString("version"),
                    Answers.time(program, "since"),
                    Answers.text(program, "newest"),
                    program.getString("state"),
                    upkeep(program.getString("upkeep")));
        }
        return table;
    }

    private static String upkeep(String upkeep) {
        return switch (upkeep) {
            case "CENTRAL" -> "central";
            case "UNSIGNED" -> "nobody: its package names no key";
            case "PACKAGES" -> "the system's packages";
            default -> "hand";
        };
    }
}
