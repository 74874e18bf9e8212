package org.cranny.web.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.bind.JsonbException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every member of every body and every parameter that central takes, enumerated: whatever is of a wrong kind is named. */
class BodyTest {
    private static final Set<Class<?>> NUMBERS =
            Set.of(int.class, long.class, double.class, Integer.class, Long.class, Double.class);
    private static final Set<Class<?>> TRUTHS = Set.of(boolean.class, Boolean.class);

    @Test
    void aMemberOfAWrongKindIsNamed() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Class<?> body : bodies()) {
            for (Map.Entry<String, String> each :
                    badBodies(body, new TreeSet<>()).entrySet()) {
                String said = said(each.getKey(), body);
                if (!said.equals(each.getValue())) {
                    wrong.add(body.getSimpleName() + " " + each.getKey() + ": " + said);
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static String said(String body, Class<?> type) {
        try {
            return "taken as " + StrictJson.JSON.fromJson(body, type);
        } catch (JsonbException e) {
            String field = UnreadableAnswer.problem(e).field();
            return field == null ? "no member is named: " + e.getMessage() : field;
        } catch (RuntimeException e) {
            return e.toString();
        }
    }

    /** Bodies in which one member is of a wrong kind, and its name. */
    private static Map<String, String> badBodies(Class<?> type, Set<String> above) {
        Map<String, String> bad = new TreeMap<>();
        if (!type.isRecord() || above.contains(type.getName())) {
            return bad;
        }
        Set<String> inside = new TreeSet<>(above);
        inside.add(type.getName());
        for (RecordComponent member : type.getRecordComponents()) {
            String begin = "{\"" + member.getName() + "\":";
            for (String value : wrong(member.getType())) {
                bad.put(begin + value + "}", member.getName());
            }
            Class<?> element = element(member.getGenericType());
            badBodies(member.getType(), inside).forEach((body, name) -> bad.put(begin + body + "}", name));
            badBodies(element, inside).forEach((body, name) -> bad.put(begin + "[" + body + "]}", name));
        }
        return bad;
    }

    /** Words of a list come from machines alone, and are refused without a name. */
    private static List<String> wrong(Class<?> type) {
        if (NUMBERS.contains(type)) {
            return List.of("\"x\"", "{}", "[]");
        }
        if (TRUTHS.contains(type)) {
            return List.of("{}", "[]", "5", "\"x\"", "\"true\"");
        }
        if (type.isEnum()) {
            return List.of();
        }
        return type == String.class ? List.of("{}", "[]", "5", "true", "\"a\\u0000b\"") : List.of("5", "\"x\"");
    }

    private static Class<?> element(Type type) {
        return type instanceof ParameterizedType list && list.getActualTypeArguments()[0] instanceof Class<?> element
                ? element
                : Object.class;
    }

    private static Set<Class<?>> bodies() {
        Set<Class<?>> bodies = new TreeSet<>(Comparator.comparing(Class::getName));
        for (Method method : methods()) {
            for (Parameter parameter : method.getParameters()) {
                if (parameter.getAnnotations().length == 0
                        && parameter.getType().isRecord()) {
                    bodies.add(parameter.getType());
                }
            }
        }
        assertTrue(bodies.size() > 20, bodies::toString);
        return bodies;
    }

    private static List<Method> methods() {
        return Api.RESOURCES.stream()
                .flatMap(resource -> List.of(resource.getDeclaredMethods()).stream())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .toList();
    }
}
