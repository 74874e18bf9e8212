package org.cranny.client.cli.admin;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.client.report.Human;
import org.cranny.client.report.Names;
import org.cranny.client.report.Octets;
import org.cranny.client.report.Screen;
import org.cranny.client.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "host",
        description = {
            "Show how reliably one host can be reached, its week, who looked last, and what it proved.",
            "Or empty it, or set how much it lends."
        },
        subcommands = {HostLendCommand.class, HostReclaimCommand.class})
final class HostCommand implements Callable<Integer> {
    @ParentCommand
    private AdminCommand admin;

    AdminCommand admin() {
        return admin;
    }

    /** A number of octets that was typed. */
    long octets(String typed) {
        try {
            return Octets.read(typed);
        } catch (IllegalArgumentException e) {
            throw admin.wrong(e.getMessage() + ".");
        }
    }

    @Parameters(arity = "0..1", paramLabel = "ID", description = "The host's number, as 'cranny admin hosts' lists it.")
    private Long number;

    @Command(
            description = {
                "Empty a host: it takes nothing new, and its copies are made elsewhere.",
                "'host status' says how far it is."
            })
    int drain(
            @Parameters(paramLabel = "ID", description = "The host's number.") long host,
            @Option(names = "--wait", description = "Show its progress until it keeps nothing.") boolean wait)
            throws IOException, InterruptedException {
        try (PeoplesCentral central = admin.central()) {
            JsonObject drain = central.post("hosts/" + host + "/drain", JsonValue.EMPTY_JSON_OBJECT)
                    .asJsonObject();
            print(wait ? new DrainWatch(admin, central).untilEmpty(drain) : drain);
        }
        return 0;
    }

    @Command(description = "Say what a host keeps, and when it will be empty.")
    int status(@Parameters(paramLabel = "ID", description = "The host's number.") long host) throws IOException {
        try (PeoplesCentral central = admin.central()) {
            print(central.get("hosts/" + host + "/drain").asJsonObject());
        }
        return 0;
    }

    @Command(description = "Let a host take fragments again.")
    int undrain(@Parameters(paramLabel = "ID", description = "The host's number.") long host) throws IOException {
        try (PeoplesCentral central = admin.central()) {
            print(central.post("hosts/" + host + "/undrain", JsonValue.EMPTY_JSON_OBJECT)
                    .asJsonObject());
        }
        return 0;
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

    private void print(JsonObject drain) {
        String missing = missing(drain);
        Answers.print(admin.common(), "host-drain", drain, sentence(drain) + (missing.isEmpty() ? "" : " " + missing));
    }

    private static String sentence(JsonObject drain) {
        String kept = "Host " + Answers.text(drain, "host") + " is "
                + Answers.text(drain, "state").toLowerCase(Locale.ROOT) + " and keeps ";
        if (drain.getJsonNumber("fragments").longValue() == 0) {
            return kept + "nothing.";
        }
        return kept + Answers.text(drain, "fragments") + " fragments, " + Answers.bytes(drain, "bytes") + "; "
                + Answers.text(drain, "wanting") + " of them have too few copies elsewhere." + forecast(drain);
    }

    private static String forecast(JsonObject drain) {
        if (!(drain.get("bytesPerSecond") instanceof JsonNumber rate)) {
            return "";
        }
        String ends = Answers.time(drain, "ends");
        return " " + Human.rate(rate.longValue()) + " over the last minutes"
                + (ends.isEmpty() ? "; at that rate it never is empty." : ": empty about " + ends + ".");
    }

    /** What cannot go now, and why; empty when everything can. */
    static String missing(JsonObject drain) {
        if (!(drain.get("stuck") instanceof JsonArray stuck)) {
            return "";
        }
        return stuck.getValuesAs(JsonObject.class).stream()
                .map(each -> Human.count(each.getJsonNumber("packs").longValue(), "pack") + " cannot go now: "
                        + each.getString("reason") + ".")
                .collect(Collectors.joining(" "));
    }

    @Override
    public Integer call() throws IOException {
        if (number == null) {
            throw admin.wrong("Say which host, for example 'cranny admin host 3'.");
        }
        try (PeoplesCentral central = admin.central()) {
            JsonObject host = central.get("hosts/" + number + "/reliability").asJsonObject();
            JsonObject proofs = central.get("hosts/" + number + "/proofs").asJsonObject();
            if (admin.common().json()) {
                Answers.print(admin.common(), "host-reliability", host, "");
                Answers.print(admin.common(), "host-proofs", proofs, "");
            } else {
                show(host, admin.common().screen());
                admin.common().screen().line("");
                admin.common().screen().line(proved(proofs));
            }
        }
        return 0;
    }

    private static String proved(JsonObject proofs) {
        String silent = Answers.time(proofs, "silentSince");
        return "Proved " + Answers.text(proofs, "proved") + " of " + Answers.text(proofs, "asked")
                + " copies since yesterday; honesty " + Answers.text(proofs, "honesty")
                + (silent.isEmpty() ? "." : ". It reports and has answered no request since " + silent + ".");
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
        if (host.get("setAside") instanceof JsonObject aside) {
            screen.line("Set aside since " + Answers.time(aside, "since") + ": "
                    + Names.printable(Answers.text(aside, "why"))
                    + ". Once it is in order, 'cranny admin host undrain " + Answers.text(host, "host")
                    + "' lets it take backups again.");
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
