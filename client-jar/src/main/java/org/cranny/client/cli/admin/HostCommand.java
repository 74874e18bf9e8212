package org.cranny.client.cli.admin;

import jakarta.json.Json;
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

@Command(
        name = "host",
        description = "Show how reliably one host can be reached, its week, and who looked last; or empty it.")
final class HostCommand implements Callable<Integer> {
    @ParentCommand
    private AdminCommand admin;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "The host's number, as 'cranny admin hosts' lists it.")
    private Long number;

    @Command(
            description =
                    "Empty a host: it takes nothing new, and its copies are made elsewhere. Ask again how far it is.")
    int drain(@Parameters(paramLabel = "ID", description = "The host's number.") long host) throws IOException {
        return decide(host, "drain");
    }

    @Command(description = "Let a host take fragments again.")
    int undrain(@Parameters(paramLabel = "ID", description = "The host's number.") long host) throws IOException {
        return decide(host, "undrain");
    }

    @Command(description = "Take an emptied host off the list for good.")
    int retire(@Parameters(paramLabel = "ID", description = "The host's number.") long host) throws IOException {
        try (PeoplesCentral central = admin.central()) {
            central.post("hosts/" + host + "/retire", JsonValue.EMPTY_JSON_OBJECT);
            JsonObject gone = Json.createObjectBuilder().add("host", host).build();
            Answers.print(admin.common(), "host-retired", gone, "Host " + host + " is off the list.");
        }
        return 0;
    }

    private int decide(long host, String act) throws IOException {
        try (PeoplesCentral central = admin.central()) {
            JsonObject drain = central.post("hosts/" + host + "/" + act, JsonValue.EMPTY_JSON_OBJECT)
                    .asJsonObject();
            Answers.print(admin.common(), "host-drain", drain, sentence(drain));
        }
        return 0;
    }

    private static String sentence(JsonObject drain) {
        String missing = Answers.text(drain, "missing");
        return "Host " + Answers.text(drain, "host") + " is "
                + Answers.text(drain, "state").toLowerCase(Locale.ROOT) + " and keeps "
                + Answers.text(drain, "fragments") + " fragments, " + Answers.bytes(drain, "bytes") + "; "
                + Answers.text(drain, "wanting") + " of them have too few copies elsewhere."
                + (missing.isEmpty() ? "" : " Missing: " + missing + ".");
    }

    @Override
    public Integer call() throws IOException {
        if (number == null) {
            throw admin.wrong("Say which host, for example 'cranny admin host 3'.");
        }
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
