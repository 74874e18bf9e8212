package org.cranny.client.cli.admin;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cranny.client.report.Human;
import org.cranny.client.report.JsonLine;
import org.cranny.client.report.Table;

/** Shows what central answered: a table to people, the very objects to programs. */
final class Answers {
    private Answers() {}

    /**
     * Shows a list.
     *
     * @param type of each line with {@code --json}
     * @param list an array of objects
     */
    static void print(Common common, String type, JsonValue list, Function<List<JsonObject>, Table> table) {
        List<JsonObject> objects = list.asJsonArray().getValuesAs(JsonObject.class);
        if (common.json()) {
            objects.forEach(object -> common.screen().line(line(type, object)));
        } else {
            table.apply(objects).print(common.screen());
        }
    }

    /** Shows one object: a sentence to people. */
    static void print(Common common, String type, JsonObject object, String sentence) {
        if (common.json()) {
            common.screen().line(line(type, object));
        } else {
            common.say(sentence);
        }
    }

    /** A member as text; empty when it is absent, a list's members with blanks between. */
    static String text(JsonObject object, String name) {
        return text(object.getOrDefault(name, JsonValue.NULL));
    }

    private static String text(JsonValue value) {
        return switch (value.getValueType()) {
            case NULL -> "";
            case STRING -> ((JsonString) value).getString();
            case ARRAY -> value.asJsonArray().stream().map(Answers::text).collect(Collectors.joining(" "));
            default -> value.toString();
        };
    }

    static String bytes(JsonObject object, String name) {
        return object.get(name) instanceof JsonNumber number ? Human.bytes(number.longValue()) : "";
    }

    /** A member that is an ISO 8601 instant, where this machine is; empty when it is absent. */
    static String time(JsonObject object, String name) {
        return object.get(name) instanceof JsonString text
                ? Human.time(Instant.parse(text.getString()), ZoneId.systemDefault())
                : "";
    }

    private static String line(String type, JsonObject object) {
        JsonLine line = JsonLine.of(type);
        object.forEach(line::add);
        return line.toString();
    }
}
