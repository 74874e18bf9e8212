package org.cranny.system;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import java.io.StringReader;
import java.util.List;

/** Reads what the command line and central print. */
final class Json {

    private Json() {}

    static JsonObject object(String text) {
        return read(text).asJsonObject();
    }

    static JsonArray array(String text) {
        return read(text).asJsonArray();
    }

    /** Every line that is an object of this type. */
    static List<JsonObject> ofType(String lines, String type) {
        return lines.lines()
                .filter(line -> line.startsWith("{"))
                .map(Json::object)
                .filter(object -> type.equals(object.getString("type", "")))
                .toList();
    }

    private static JsonStructure read(String text) {
        try (JsonReader reader = jakarta.json.Json.createReader(new StringReader(text))) {
            return reader.read();
        }
    }
}
