package org.cranny.client.cli.admin;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.client.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "redundancy", description = "Show how many good copies a machine's packs have now.")
final class RedundancyCommand implements Callable<Integer> {
    @ParentCommand
    private AdminCommand admin;

    @Parameters(paramLabel = "SYSTEM", description = "Its number or name, as 'cranny admin systems' lists it.")
    private String system;

    @Override
    public Integer call() throws IOException {
        try (PeoplesCentral central = admin.central()) {
            long number = NamedSystem.number(central, system);
            Answers.print(
                    admin.common(),
                    "redundancy",
                    central.get("systems/" + number + "/redundancy"),
                    RedundancyCommand::table);
        }
        return 0;
    }

    private static Table table(Iterable<JsonObject> counts) {
        Table table = Table.of("Copies", "Wanted", "Packs", "Bytes");
        for (JsonObject count : counts) {
            table.row(
                    Answers.text(count, "copies"),
                    Answers.text(count, "wanted"),
                    Answers.text(count, "packs"),
                    Answers.bytes(count, "bytes"));
        }
        return table;
    }
}
