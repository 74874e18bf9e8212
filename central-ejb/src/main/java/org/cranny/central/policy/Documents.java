package org.cranny.central.policy;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cranny.protocol.policy.Policy;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;

/**
 * Policies as JSON, read member by member: what is unknown or of the wrong kind is refused by its name, because a
 * member that is overlooked is a backup that is not made.
 */
final class Documents {
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());
    private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

    private Documents() {}

    /** @throws ProblemException which member is wrong, and what would be right */
    static Policy read(JsonObject document) {
        return record("", document, Policy.class);
    }

    static Policy parse(String stored) {
        try (JsonReader reader = READERS.createReader(new StringReader(stored))) {
            return read(reader.readObject());
        } catch (JsonException | ProblemException e) {
            throw new IllegalStateException("a stored policy is damaged", e);
        }
    }

    static String text(Policy policy) {
        return object(policy).toString();
    }

    /** The members that are set. */
    static JsonObject object(Record document) {
        JsonObjectBuilder object = BUILDERS.createObjectBuilder();
        for (RecordComponent component : document.getClass().getRecordComponents()) {
            Object value = value(document, component);
            if (value != null) {
                object.add(component.getName(), json(value));
            }
        }
        return object.build();
    }

    static Object value(Record document, RecordComponent component) {
        try {
            return component.getAccessor().invoke(document);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    static <T extends Record> T make(Class<T> type, List<Object> values) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonValue json(Object value) {
        if (value instanceof Record nested) {
            return object(nested);
        }
        if (value instanceof List<?> list) {
            JsonArrayBuilder array = BUILDERS.createArrayBuilder();
            list.forEach(each -> array.add(json(each)));
            return array.build();
        }
        if (value instanceof Boolean bool) {
            return bool ? JsonValue.TRUE : JsonValue.FALSE;
        }
        return value instanceof Number number ? Json.createValue(number.longValue()) : Json.createValue((String) value);
    }

    private static <T extends Record> T record(String path, JsonObject object, Class<T> type) {
        RecordComponent[] components = type.getRecordComponents();
        List<String> names =
                Arrays.stream(components).map(RecordComponent::getName).toList();
        for (String name : object.keySet()) {
            if (!names.contains(name)) {
                throw wrong(
                        below(path, name),
                        "There is no member '" + name + "' here; there are " + String.join(", ", names) + ".");
            }
        }
        List<Object> values = new ArrayList<>();
        for (RecordComponent component : components) {
            JsonValue value = object.getOrDefault(component.getName(), JsonValue.NULL);
            values.add(value(below(path, component.getName()), value, component.getGenericType()));
        }
        return make(type, values);
    }

    private static Object value(String path, JsonValue value, Type type) {
        if (value == JsonValue.NULL) {
            return null;
        }
        if (type instanceof ParameterizedType list) {
            return list(path, value, list.getActualTypeArguments()[0]);
        }
        Class<?> kind = (Class<?>) type;
        if (kind.isRecord()) {
            return record(path, as(path, value, JsonObject.class, "an object"), kind.asSubclass(Record.class));
        }
        if (kind == String.class) {
            return as(path, value, JsonString.class, "text").getString();
        }
        return kind == Boolean.class ? bool(path, value) : number(path, value, kind);
    }

    private static List<Object> list(String path, JsonValue value, Type member) {
        JsonArray array = as(path, value, JsonArray.class, "a list");
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            Object each = value(path + "[" + i + "]", array.get(i), member);
            if (each == null) {
                throw wrong(path + "[" + i + "]", path + "[" + i + "] is null; leave it out.");
            }
            list.add(each);
        }
        return List.copyOf(list);
    }

    private static Boolean bool(String path, JsonValue value) {
        if (value != JsonValue.TRUE && value != JsonValue.FALSE) {
            throw wrong(path, path + " must be true or false.");
        }
        return value == JsonValue.TRUE;
    }

    private static Number number(String path, JsonValue value, Class<?> kind) {
        JsonNumber number = as(path, value, JsonNumber.class, "a whole number");
        try {
            return kind == Integer.class ? (Number) number.intValueExact() : (Number) number.longValueExact();
        } catch (ArithmeticException e) {
            throw wrong(path, path + " must be a whole number that is not that large.");
        }
    }

    private static <T> T as(String path, JsonValue value, Class<T> type, String name) {
        if (!type.isInstance(value)) {
            throw wrong(path, path + " must be " + name + ".");
        }
        return type.cast(value);
    }

    static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    static ProblemException wrong(String field, String detail) {
        return new ProblemException(Problem.ofField(field, detail));
    }

    static String listed(java.util.Collection<String> names) {
        return names.stream().sorted().collect(Collectors.joining(", "));
    }
}
