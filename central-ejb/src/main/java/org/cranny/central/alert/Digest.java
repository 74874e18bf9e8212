package org.cranny.central.alert;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What people are told at once: one text and one document, however many machines it is about. Of a kind, the first
 * fifty machines are named and the others counted.
 *
 * @param raised what began
 * @param reminded what lasts, and nobody took on
 * @param resolved what is over
 */
record Digest(List<Alert> raised, List<Alert> reminded, List<Alert> resolved) {
    private static final int NAMED = 50;
    private static final int LONGEST_DETAIL = 150;

    boolean isEmpty() {
        return raised.isEmpty() && reminded.isEmpty() && resolved.isEmpty();
    }

    /** One line. */
    String subject() {
        List<Alert> first = !raised.isEmpty() ? raised : !reminded.isEmpty() ? reminded : resolved;
        String what = first == resolved ? "Over: " : first == reminded ? "Still: " : "";
        Alert one = first.get(0);
        int others = raised.size() + reminded.size() + resolved.size() - 1;
        return "Cranny: " + what + one.kind().title() + " (" + one.name() + ")"
                + (others == 0 ? "" : " and " + others + " more");
    }

    /** For people: what, whose, since when, what happens if nothing is done, what to do. */
    String text() {
        StringBuilder text = new StringBuilder();
        part(text, "", raised, true);
        part(text, "Still: ", reminded, true);
        part(text, "Over: ", resolved, false);
        return text.append(
                        "All alerts: cranny admin alerts. Who takes one on ends its reminders: cranny admin alerts ack"
                                + " NUMBER.\n")
                .toString();
    }

    /** For programs; {@code docs/reference/alerts.md} shows it. */
    String json(Instant made) {
        return Json.createObjectBuilder()
                .add("cranny", "alerts")
                .add("format", 1)
                .add("time", made.toString())
                .add("raised", array(raised))
                .add("reminded", array(reminded))
                .add("resolved", array(resolved))
                .build()
                .toString();
    }

    private static void part(StringBuilder text, String prefix, List<Alert> alerts, boolean lasting) {
        byKind(alerts).forEach((kind, some) -> {
            text.append(prefix).append(kind.title()).append('\n');
            some.stream().limit(NAMED).forEach(alert -> text.append(line(alert)).append('\n'));
            if (some.size() > NAMED) {
                text.append("  and ").append(some.size() - NAMED).append(" more\n");
            }
            if (lasting) {
                text.append("If nothing is done: ").append(kind.consequence()).append('\n');
                text.append("What to do: ").append(kind.advice()).append('\n');
            }
            text.append('\n');
        });
    }

    private static String line(Alert alert) {
        String whose =
                alert.name().equals(alert.subject()) ? alert.name() : alert.name() + " (" + alert.subject() + ")";
        return "  " + alert.id() + "  " + whose + ", since " + alert.since().truncatedTo(ChronoUnit.SECONDS) + ": "
                + cut(alert.detail());
    }

    private static Map<AlertKind, List<Alert>> byKind(List<Alert> alerts) {
        Map<AlertKind, List<Alert>> byKind = new EnumMap<>(AlertKind.class);
        for (Alert alert : alerts) {
            byKind.computeIfAbsent(alert.kind(), kind -> new ArrayList<>()).add(alert);
        }
        return byKind;
    }

    private static JsonArrayBuilder array(List<Alert> alerts) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        byKind(alerts).forEach((kind, some) -> {
            JsonArrayBuilder named = Json.createArrayBuilder();
            some.stream().limit(NAMED).forEach(alert -> named.add(object(alert)));
            array.add(Json.createObjectBuilder()
                    .add("kind", kind.name())
                    .add("title", kind.title())
                    .add("consequence", kind.consequence())
                    .add("advice", kind.advice())
                    .add("count", some.size())
                    .add("alerts", named));
        });
        return array;
    }

    private static JsonObjectBuilder object(Alert alert) {
        return Json.createObjectBuilder()
                .add("id", alert.id())
                .add("subject", alert.subject())
                .add("name", alert.name())
                .add("detail", cut(alert.detail()))
                .add("since", alert.since().toString())
                .add("raised", alert.raised().toString());
    }

    private static String cut(String detail) {
        return detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL - 1) + "…";
    }
}
