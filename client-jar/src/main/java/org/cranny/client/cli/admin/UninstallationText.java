package org.cranny.client.cli.admin;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import org.cranny.client.report.Human;
import org.cranny.client.report.Names;

/** Says machine by machine what was removed and what was left. */
final class UninstallationText {
    private UninstallationText() {}

    static String report(JsonObject ended) {
        StringBuilder text = new StringBuilder();
        for (JsonObject machine : ended.getJsonArray("results").getValuesAs(JsonObject.class)) {
            text.append(machine.getString("machine"))
                    .append(": ")
                    .append(word(machine))
                    .append('\n');
            if (machine.get("report") instanceof JsonArray lines) {
                for (JsonString line : lines.getValuesAs(JsonString.class)) {
                    text.append("  ").append(Names.printable(line.getString())).append('\n');
                }
            }
        }
        long failed = ended.getJsonNumber("failed").longValue();
        long all = ended.getJsonNumber("machines").longValue();
        return text.append(
                        failed == 0
                                ? "All of " + Human.count(all, "machine") + " went well."
                                : failed + " of " + Human.count(all, "machine") + " failed.")
                .toString();
    }

    private static String word(JsonObject machine) {
        return switch (machine.getString("state")) {
            case "REMOVED" -> "taken off";
            case "ABSENT" -> "nothing was there";
            case "READY" -> "nothing speaks against it; this would go";
            default -> "failed: " + Answers.text(machine, "reason") + keys(machine);
        };
    }

    private static String keys(JsonObject machine) {
        String keys = Answers.text(machine, "shownKeys");
        return keys.isEmpty() ? "" : " (" + keys + ")";
    }
}
