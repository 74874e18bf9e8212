package org.cranny.client.cli.admin;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.client.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(name = "hosts", description = "List the hosts: what they lend, how reliably they can be reached.")
final class HostsCommand implements Callable<Integer> {
    @ParentCommand
    private AdminCommand admin;

    @Override
    public Integer call() throws IOException {
        try (PeoplesCentral central = admin.central()) {
            Answers.print(admin.common(), "host", Pages.whole(central, "hosts", "number"), HostsCommand::table);
        }
        return 0;
    }

    private static Table table(Iterable<JsonObject> hosts) {
        Table table = Table.of("ID", "Name", "Address", "Free", "Lent", "Keeps", "Rating", "There", "State");
        for (JsonObject host : hosts) {
            table.row(
                    Answers.text(host, "number"),
                    Answers.text(host, "name"),
                    Answers.text(host, "address"),
                    Answers.bytes(host, "freeBytes"),
                    Answers.bytes(host, "quotaBytes"),
                    Answers.bytes(host, "keptBytes"),
                    Answers.text(host, "rating"),
                    Answers.text(host, "availability"),
                    Answers.text(host, "state").toLowerCase(Locale.ROOT));
        }
        return table;
    }
}
