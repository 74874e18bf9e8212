package org.cranny.web.pages.policies;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cranny.central.policy.Effective;
import org.cranny.protocol.policy.Policy;

/** One member of a policy. @param from the scopes that set it, or empty */
public record PolicyRow(String member, String value, String from) {
    private static final Jsonb JSON = JsonbBuilder.create();
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    /** All members that hold for a system, with where each comes from. */
    public static List<PolicyRow> of(Effective effective) {
        List<PolicyRow> rows = new ArrayList<>();
        for (PolicyRow row : of(effective.policy())) {
            List<String> from = effective.origins().getOrDefault(row.member(), List.of());
            rows.add(new PolicyRow(row.member(), row.value(), String.join(", ", from)));
        }
        effective
                .folders()
                .forEach(folder ->
                        rows.add(new PolicyRow("excludes", String.join(", ", folder.excludes()), folder.path())));
        return rows;
    }

    /** All members that a policy sets. */
    static List<PolicyRow> of(Policy policy) {
        List<PolicyRow> rows = new ArrayList<>();
        flatten("", document(policy), rows);
        return rows;
    }

    static JsonObject document(Policy policy) {
        try (JsonReader reader = READERS.createReader(new StringReader(JSON.toJson(policy)))) {
            return reader.readObject();
        }
    }

    private static void flatten(String prefix, JsonObject object, List<PolicyRow> rows) {
        object.forEach((name, value) -> {
            if (value instanceof JsonObject inner) {
                flatten(prefix + name + ".", inner, rows);
            } else if (value.getValueType() != JsonValue.ValueType.NULL) {
                rows.add(new PolicyRow(prefix + name, said(value), ""));
            }
        });
    }

    private static String said(JsonValue value) {
        if (value instanceof JsonString text) {
            return text.getString();
        }
        if (value instanceof JsonArray array) {
            return array.stream().map(PolicyRow::said).collect(Collectors.joining(", "));
        }
        return switch (value.getValueType()) {
            case TRUE -> "yes";
            case FALSE -> "no";
            default -> value.toString();
        };
    }
}
