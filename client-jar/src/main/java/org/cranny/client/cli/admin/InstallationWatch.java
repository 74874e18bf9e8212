package org.cranny.client.cli.admin;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.client.report.Human;
import org.cranny.client.report.Table;
import org.cranny.engine.backup.CatalogueAwayException;

/** Shows how an installation goes on, machine by machine, until it ends. */
final class InstallationWatch {
    private static final long LOOK_MILLIS = 1_000;
    private static final Map<String, String> STEPS = Map.ofEntries(
            Map.entry("CONNECT", "is called"),
            Map.entry("LOOK", "is looked at"),
            Map.entry("UNPACK", "gets the programs"),
            Map.entry("SETTLE", "gets folders and units"),
            Map.entry("ENROLL", "joins"),
            Map.entry("START", "starts"),
            Map.entry("ALIVE", "is waited for"),
            Map.entry("FINISH", "is done"),
            Map.entry("UNDO", "is put back as it was"),
            Map.entry("REMOVE", "loses the programs"),
            Map.entry("SHUT_OUT", "leaves the realm"));

    private final AdminCommand admin;
    private final PeoplesCentral central;
    private final Map<String, String> told = new HashMap<>();

    InstallationWatch(AdminCommand admin, PeoplesCentral central) {
        this.admin = admin;
        this.central = central;
    }

    /** @return the last that central said */
    JsonObject untilEnded(JsonObject begun) throws IOException, InterruptedException {
        JsonObject now = begun;
        tell(now);
        while (now.getString("state").equals("RUNNING")) {
            Thread.sleep(LOOK_MILLIS);
            now = look(now);
            tell(now);
        }
        return now;
    }

    /** What was known before, while central is away: it comes back, and goes on. */
    private JsonObject look(JsonObject before) throws IOException {
        try {
            return central.get("installations/" + before.get("id")).asJsonObject();
        } catch (CatalogueAwayException away) {
            return before;
        }
    }

    private void tell(JsonObject now) {
        for (JsonObject machine : machines(now)) {
            String name = machine.getString("machine");
            String step = machine.getString("step", "");
            String state = step.isEmpty() ? machine.getString("state") : step;
            if (!state.equals("WAITING") && !state.equals(told.put(name, state))) {
                Answers.print(
                        admin.common(),
                        "installing",
                        machine,
                        name + " " + (step.isEmpty() ? word(machine) : STEPS.getOrDefault(step, step)));
            }
        }
    }

    private static String word(JsonObject machine) {
        return switch (machine.getString("state")) {
            case "INSTALLED" -> "is installed";
            case "PRESENT" -> "has everything already";
            case "READY" -> "can be done";
            case "REMOVED" -> "is free of it";
            case "ABSENT" -> "has nothing of it";
            default -> "failed: " + Answers.text(machine, "reason");
        };
    }

    /** A table of all machines and a sentence. */
    static String report(JsonObject ended) {
        Table table = Table.of("Machine", "Result", "Host", "Source", "Version", "Reason");
        for (JsonObject machine : machines(ended)) {
            String keys = Answers.text(machine, "shownKeys");
            table.row(
                    machine.getString("machine"),
                    machine.getString("state"),
                    Answers.text(machine, "hostSystem"),
                    Answers.text(machine, "sourceSystem"),
                    Answers.text(machine, "version"),
                    Answers.text(machine, "reason") + (keys.isEmpty() ? "" : " (" + keys + ")"));
        }
        long failed = ended.getJsonNumber("failed").longValue();
        long all = ended.getJsonNumber("machines").longValue();
        return table + "\n"
                + (failed == 0
                        ? "All of " + Human.count(all, "machine") + " went well."
                        : failed + " of " + Human.count(all, "machine") + " failed.");
    }

    private static List<JsonObject> machines(JsonObject installation) {
        JsonValue results = installation.getOrDefault("results", JsonValue.EMPTY_JSON_ARRAY);
        return results.asJsonArray().getValuesAs(JsonObject.class);
    }
}
