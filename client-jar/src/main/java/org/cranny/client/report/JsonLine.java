package org.cranny.client.report;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.Map;

/** One JSON object on one line; its {@code type} says what it is ({@code docs/reference/json.md}). */
public final class JsonLine {
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private final JsonObjectBuilder object = object();

    private JsonLine(String type) {
        object.add("type", type);
    }

    public static JsonLine of(String type) {
        return new JsonLine(type);
    }

    public static JsonObjectBuilder object() {
        return JSON.createObjectBuilder();
    }

    public static JsonArrayBuilder array() {
        return JSON.createArrayBuilder();
    }

    public JsonLine add(String name, String value) {
        if (value == null) {
            object.addNull(name);
        } else {
            object.add(name, value);
        }
        return this;
    }

    public JsonLine add(String name, long value) {
        object.add(name, value);
        return this;
    }

    public JsonLine add(String name, double value) {
        object.add(name, value);
        return this;
    }

    public JsonLine add(String name, boolean value) {
        object.add(name, value);
        return this;
    }

    public JsonLine add(String name, JsonValue value) {
        object.add(name, value);
        return this;
    }

    /** Seconds with three decimals. */
    public JsonLine addSeconds(String name, long millis) {
        object.add(name, BigDecimal.valueOf(millis, 3));
        return this;
    }

    public JsonObject build() {
        return object.build();
    }

    @Override
    public String toString() {
        return build().toString();
    }
}
