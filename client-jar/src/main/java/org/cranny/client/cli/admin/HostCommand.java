package org.cranny.client.cli.admin;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.client.report.Names;
import org.cranny.client.report.Screen;
import org.cranny.client.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "host", description = "Show how reliably one host can be reached, its week, and who looked last.")
final class HostCommand implements Callable<Integer> {
    @ParentCommand
    private AdminCommand admin;

    @Parameters(paramLabel = "ID", description = "The host's number, as 'cranny admin hosts' lists it.")
    private long number;

    @Override
    public Integer call() throws IOException {
        try (PeoplesCentral central = admin.central()) {
            JsonObject host = central.get("hosts/" + number + "/reliability").asJsonObject();
            if (admin.common().json()) {
                Answers.print(admin.common(), "host-reliability", host, "");
            } else {
                show(host, admin.common().screen());
            }
        }
        return 0;
    }

    private static void show(JsonObject host, Screen screen) {
        screen.line("Host " + Answers.text(host, "host") + ", " + Names.printable(Answers.text(host, "name")));
        screen.line("Rating " + Answers.text(host, "rating") + " (published " + Answers.text(host, "published")
                + "), availability " + Answers.text(host, "availability"));
        screen.line("  as central sees it: " + part(host, "central"));
        screen.line("  as others see it:   " + part(host, "peers"));
        if (host.containsKey("unreachable") && !host.isNull("unreachable")) {
            screen.line(Names.printable(host.getString("unreachable")));
        }
        screen.line("");
        new WeekMap(host.getJsonArray("profile"), ZoneId.systemDefault())
                .lines()
                .forEach(screen::line);
        screen.line("");
        looks(host.getJsonArray("looks").getValuesAs(JsonObject.class)).print(screen);
    }

    private static String part(JsonObject host, String name) {
        JsonObject part = host.getJsonObject(name);
        JsonValue share = part.getOrDefault("share", JsonValue.NULL);
        return share == JsonValue.NULL ? "nothing yet" : share + " over " + Answers.text(part, "hours") + " h";
    }

    private static Table looks(List<JsonObject> looks) {
        Table table = Table.of("Looked", "By", "Outcome", "ms");
        for (JsonObject look : looks) {
            table.row(
                    Answers.time(look, "time"),
                    Answers.text(look, "name"),
                    Answers.text(look, "outcome").toLowerCase(Locale.ROOT).replace('_', ' '),
                    Answers.text(look, "millis"));
        }
        return table;
    }
}
