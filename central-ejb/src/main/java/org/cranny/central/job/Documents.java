package org.cranny.central.job;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Documents of orders and outcomes as JSON text. */
final class Documents {
    private static final Jsonb JSON = JsonbBuilder.create();
    private static final Type OBJECT = new java.util.HashMap<String, Object>() {
        private static final long serialVersionUID = 1L;
    }.getClass().getGenericSuperclass();

    private Documents() {}

    static byte[] write(Object document) {
        return JSON.toJson(document).getBytes(StandardCharsets.UTF_8);
    }

    static String text(Object document) {
        return JSON.toJson(document);
    }

    /** @throws JsonbException when it is no object */
    static Map<String, Object> object(String text) {
        return JSON.fromJson(text, OBJECT);
    }

    static <T> T read(byte[] octets, Class<T> type) {
        return JSON.fromJson(new String(octets, StandardCharsets.UTF_8), type);
    }

    static Map<String, Object> object(byte[] octets) {
        return object(new String(octets, StandardCharsets.UTF_8));
    }
}
