package org.cranny.web.api;

import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.function.Function;
import org.cranny.protocol.problem.Problem;

/**
 * Reads what a question says beside its path. What cannot be meant is a problem that names the parameter; JAX-RS by itself
 * would answer that there is nothing at this address, or take any word but {@code true} for {@code false}.
 */
@Provider
public class QueryParameters implements ParamConverterProvider {
    private static final Map<Class<?>, Function<String, Object>> READERS = Map.of(
            int.class, Integer::valueOf,
            Integer.class, Integer::valueOf,
            long.class, Long::valueOf,
            Long.class, Long::valueOf,
            boolean.class, QueryParameters::truth,
            Boolean.class, QueryParameters::truth);

    @Override
    @SuppressWarnings("unchecked")
    public <T> ParamConverter<T> getConverter(Class<T> type, Type generic, Annotation[] annotations) {
        for (Annotation annotation : annotations) {
            if (annotation instanceof QueryParam parameter && READERS.containsKey(type)) {
                return (ParamConverter<T>) new Reading(parameter.value(), READERS.get(type), isTruth(type));
            }
        }
        return null;
    }

    private static boolean isTruth(Class<?> type) {
        return type == boolean.class || type == Boolean.class;
    }

    private static Boolean truth(String word) {
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(word);
        };
    }

    /** @param truth whether it is true or false, and no number */
    private record Reading(String name, Function<String, Object> reader, boolean truth)
            implements ParamConverter<Object> {
        @Override
        public Object fromString(String value) {
            try {
                return reader.apply(value);
            } catch (IllegalArgumentException e) {
                String wanted = truth ? "true or false" : "a whole number";
                throw new WebApplicationException(
                        Problems.answer(Problem.ofField(name, name + " must be " + wanted + ".")));
            }
        }

        @Override
        public String toString(Object value) {
            return String.valueOf(value);
        }
    }
}
