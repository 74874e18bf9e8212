package org.cranny.central.masterfile;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import org.cranny.central.masterfile.MasterFileChanges.Change;
import org.cranny.central.masterfile.MasterFileChanges.HostChange;
import org.cranny.central.masterfile.MasterFileChanges.MemberChange;

/** Compares the lines of two versions, member by member. */
final class Comparison {
    private static final JsonReaderFactory JSON = Json.createReaderFactory(Map.of());

    private Comparison() {}

    static List<HostChange> of(SortedMap<Long, String> before, SortedMap<Long, String> after) {
        TreeSet<Long> numbers = new TreeSet<>(before.keySet());
        numbers.addAll(after.keySet());
        List<HostChange> changes = new ArrayList<>();
        for (long number : numbers) {
            String old = before.get(number);
            String now = after.get(number);
            if (now == null) {
                changes.add(new HostChange(number, read(old).getString("name"), Change.GONE, List.of()));
            } else if (!now.equals(old)) {
                JsonObject line = read(now);
                Change change = old == null ? Change.ADDED : Change.CHANGED;
                JsonObject oldLine = old == null ? JsonValue.EMPTY_JSON_OBJECT : read(old);
                changes.add(new HostChange(number, line.getString("name"), change, members(oldLine, line)));
            }
        }
        return changes;
    }

    static int count(List<HostChange> changes, Change wanted) {
        return (int) changes.stream().filter(each -> each.change() == wanted).count();
    }

    private static List<MemberChange> members(JsonObject before, JsonObject after) {
        return after.entrySet().stream()
                .filter(member ->
                        !member.getKey().equals("id") && !member.getValue().equals(before.get(member.getKey())))
                .map(member ->
                        new MemberChange(member.getKey(), text(before.get(member.getKey())), text(member.getValue())))
                .toList();
    }

    private static String text(JsonValue value) {
        if (value == null) {
            return null;
        }
        return value instanceof JsonString text ? text.getString() : value.toString();
    }

    private static JsonObject read(String line) {
        try (JsonReader reader = JSON.createReader(new StringReader(line))) {
            return reader.readObject();
        }
    }
}
