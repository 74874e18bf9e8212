package org.cranny.web.api;

import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.JsonbException;
import jakarta.json.bind.serializer.DeserializationContext;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.stream.JsonParser;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Type;

/**
 * Reads bodies. The parser alone takes every word but {@code "true"} for false; here what is to be true or false is one of
 * the two. That holds for {@link Boolean}, not for {@code boolean}, so bodies have none of the latter. A text is a text, and
 * has no U+0000, which not every database keeps.
 */
@Provider
public class StrictJson implements ContextResolver<Jsonb> {
    static final Jsonb JSON = JsonbBuilder.create(new JsonbConfig().withDeserializers(new Truth(), new Text()));

    @Override
    public Jsonb getContext(Class<?> type) {
        return JSON;
    }

    private static final class Text implements JsonbDeserializer<String> {
        @Override
        public String deserialize(JsonParser parser, DeserializationContext context, Type type) {
            JsonValue value = parser.getValue();
            if (value.getValueType() == JsonValue.ValueType.NULL) {
                return null;
            }
            if (!(value instanceof JsonString text) || text.getString().indexOf('\0') >= 0) {
                throw new JsonbException("no text, or one with U+0000");
            }
            return text.getString();
        }
    }

    private static final class Truth implements JsonbDeserializer<Boolean> {
        @Override
        public Boolean deserialize(JsonParser parser, DeserializationContext context, Type type) {
            JsonValue value = parser.getValue();
            return switch (value.getValueType()) {
                case TRUE -> true;
                case FALSE -> false;
                case NULL -> null;
                default -> throw new JsonbException("neither true nor false");
            };
        }
    }
}
