package org.cranny.client.enrollment;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an administrator sends to whom shall enroll: central's address, a token, the authority's fingerprint, in one piece
 * of text. It is either the command, {@code cranny enroll URL --token TOKEN --ca-fingerprint SHA256}, or a link,
 * {@code https://host:port/#token=TOKEN&ca-fingerprint=SHA256}, whose part after the hash no browser sends anywhere.
 * What is missing is empty: it can be filled in by hand.
 */
public record Invitation(String central, String token, String fingerprint) {
    private static final List<String> NAMES = List.of("token", "ca-fingerprint");

    /** What the text says, as far as it says it; empty when it is neither. */
    public static Optional<Invitation> of(String text) {
        String line = text.strip().replaceAll("\\\\?\\s+", " ");
        Map<String, String> found = line.contains("#") ? link(line) : command(line);
        boolean meant = found.containsKey("central") && NAMES.stream().anyMatch(found::containsKey);
        return meant
                ? Optional.of(new Invitation(
                        found.get("central"),
                        found.getOrDefault("token", ""),
                        found.getOrDefault("ca-fingerprint", "")))
                : Optional.empty();
    }

    private static Map<String, String> link(String line) {
        int hash = line.indexOf('#');
        Map<String, String> found = new TreeMap<>();
        found.put("central", line.substring(0, hash).replaceAll("/+$", ""));
        for (String part : line.substring(hash + 1).split("&")) {
            int equals = part.indexOf('=');
            if (equals > 0 && NAMES.contains(part.substring(0, equals))) {
                found.put(part.substring(0, equals), decoded(part.substring(equals + 1)));
            }
        }
        return found;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException asItIs) {
            return text;
        }
    }

    private static Map<String, String> command(String line) {
        Map<String, String> found = new TreeMap<>();
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        while (!words.isEmpty()) {
            String word = words.remove(0);
            for (String name : NAMES) {
                if (word.startsWith("--" + name + "=")) {
                    found.put(name, unquoted(word.substring(name.length() + 3)));
                } else if (word.equals("--" + name) && !words.isEmpty()) {
                    found.put(name, unquoted(words.remove(0)));
                }
            }
            if (word.startsWith("https://")) {
                found.put("central", word);
            }
        }
        return found;
    }

    private static String unquoted(String word) {
        return word.replaceAll("^['\"]|['\"]$", "");
    }

    /**
     * The address that somebody typed.
     *
     * @throws IllegalArgumentException when it is none of central's; the message says what to write
     */
    public static URI address(String typed) {
        URI address;
        try {
            address = URI.create(typed.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + typed + "' is no address. Write https://host:port.", e);
        }
        if (!"https".equals(address.getScheme()) || address.getHost() == null) {
            throw new IllegalArgumentException(
                    "'" + typed + "' is no https address with a host. Write https://host:port.");
        }
        return address;
    }

    /**
     * To enroll with.
     *
     * @param name this machine's, as central will show it
     * @throws IllegalArgumentException when something is missing or cannot be meant; the message says what
     */
    public Enrollment.Order order(String name) {
        URI address = address(central);
        if (token.isBlank()) {
            throw new IllegalArgumentException("The enrollment token is missing. Your administrator gives you one.");
        }
        return new Enrollment.Order(address, token.strip(), Fingerprint.parse(fingerprint), name);
    }

    @Override
    public String toString() {
        return "Invitation[" + central + ", token redacted]";
    }
}
