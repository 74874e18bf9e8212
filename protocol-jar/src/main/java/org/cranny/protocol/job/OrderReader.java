package org.cranny.protocol.job;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;

/** Takes members out of a document, each checked; what is left at the end is refused. */
final class OrderReader {
    private static final int MOST_WORDS = 20;
    private static final int LONGEST_WORD = 100;
    private static final int LONGEST_PATH = 16_384;

    private final Map<String, Object> left;

    OrderReader(Map<String, Object> document) {
        this.left = new TreeMap<>(document);
    }

    boolean flag(String name) {
        Object value = left.remove(name);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw wrong(name, "is true or false");
    }

    /** Null when it is absent. */
    String text(String name, int longest) {
        Object value = left.remove(name);
        if (value == null) {
            return null;
        }
        if (value instanceof String text && !text.isEmpty() && text.length() <= longest && isPlain(text)) {
            return text;
        }
        throw wrong(name, "is a text of 1 to " + longest + " characters without control characters");
    }

    String needed(String name, int longest) {
        String text = text(name, longest);
        if (text == null) {
            throw wrong(name, "is needed");
        }
        return text;
    }

    long number(String name) {
        Object value = left.remove(name);
        if (value instanceof Number number && number.longValue() >= 0 && number.doubleValue() == number.longValue()) {
            return number.longValue();
        }
        throw wrong(name, "is a whole number");
    }

    /** The beginning of a snapshot's id, or {@code latest}. */
    String snapshot(String name) {
        String snapshot = needed(name, 64);
        if (!snapshot.matches("latest|[0-9a-f]{4,64}")) {
            throw wrong(name, "is 'latest' or at least the first 4 hexadecimal digits of an id");
        }
        return snapshot;
    }

    /** An absolute path in the notation of paths. */
    String folder(String name) {
        String folder = needed(name, LONGEST_PATH);
        if (!folder.startsWith("/")) {
            throw wrong(name, "is an absolute path");
        }
        return folder;
    }

    List<String> words(String name) {
        Object value = left.remove(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list
                && list.size() <= MOST_WORDS
                && list.stream().allMatch(OrderReader::isWord)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw wrong(name, "is a list of at most " + MOST_WORDS + " words of 1 to " + LONGEST_WORD + " characters");
    }

    Instant instant(String name) {
        String text = text(name, 40);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw wrong(name, "is an instant like 2030-01-01T12:00:00Z");
        }
    }

    void end() {
        if (!left.isEmpty()) {
            throw wrong(left.keySet().iterator().next(), "is not known for this kind of job");
        }
    }

    static ProblemException wrong(String name, String rule) {
        return new ProblemException(Problem.ofField("order." + name, "order." + name + " " + rule));
    }

    private static boolean isWord(Object value) {
        return value instanceof String word && !word.isBlank() && word.length() <= LONGEST_WORD && isPlain(word);
    }

    private static boolean isPlain(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }
}
