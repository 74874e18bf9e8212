package org.cranny.client.cli.admin;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.Console;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.client.report.Names;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "shut-out",
        description = {
            "Shut a machine out that was stolen or is not to be trusted, for ever.",
            "Central refuses it at once, other machines within a minute. What it backed up stays and can be recovered as"
                    + " an archive; copies that it keeps count as lost and are made elsewhere.",
            "When another machine takes its place, 'cranny admin recover' shuts it out by itself."
        })
final class ShutOutCommand implements Callable<Integer> {
    @ParentCommand
    private SystemCommand system;

    @Parameters(index = "0", paramLabel = "SYSTEM", description = "Its number or name.")
    private String typed;

    @Option(names = "--why", paramLabel = "TEXT", description = "A reason for the log and its owner, on one line.")
    private String why;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Override
    public Integer call() throws IOException {
        AdminCommand admin = system.admin();
        try (PeoplesCentral central = admin.central()) {
            long number = NamedSystem.number(central, typed);
            if (!yes && !agreed(number)) {
                admin.common().say("Nothing was done.");
                return 0;
            }
            JsonObjectBuilder reason = Json.createObjectBuilder();
            if (why != null) {
                reason.add("why", why);
            }
            JsonObject out = central.post("systems/" + number + "/shut-out", reason.build())
                    .asJsonObject();
            String name = out.getString("name");
            Answers.print(
                    admin.common(),
                    "system",
                    out,
                    "System " + number + ", " + Names.printable(name) + ", is shut out." + others(central, name));
        }
        return 0;
    }

    private boolean agreed(long number) {
        String warning = "System " + number + " will be shut out for ever.";
        Console console = System.console();
        if (console == null) {
            throw system.admin().wrong(warning + " Say --yes if you mean it.");
        }
        return "yes".equals(console.readLine("%s Type 'yes' if you mean it: ", warning));
    }

    /** A machine that is backed up and lends space is two systems of one name. */
    private static String others(PeoplesCentral central, String name) throws IOException {
        List<JsonObject> named =
                central.get("systems", Map.of("name", name)).asJsonArray().getValuesAs(JsonObject.class).stream()
                        .filter(other -> !other.getBoolean("revoked", false))
                        .toList();
        return named.isEmpty()
                ? ""
                : named.stream()
                        .map(other -> other.get("number") + " (" + Answers.text(other, "roles") + ")")
                        .collect(Collectors.joining(", ", " Others of this name are let in as before: ", "."));
    }
}
