package org.cranny.central.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** For whom a policy is, from the widest to the narrowest. */
public enum Scope {
    COMPANY,
    GROUP,
    SYSTEM,
    PATH;

    /** The name of the one policy of the company. */
    public static final String EVERYBODY = "default";

    private static final Pattern LABEL = Pattern.compile("[a-z0-9][a-z0-9._-]{0,59}");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
    private static final int LONGEST = 500;

    /** @throws org.cranny.protocol.problem.ProblemException when there is no such scope */
    public static Scope of(String word) {
        return Arrays.stream(values())
                .filter(scope -> scope.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Documents.wrong(
                        "scope", "There is no scope '" + word + "'; there are company, group, system and path."));
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static boolean isLabel(String text) {
        return text != null && LABEL.matcher(text).matches();
    }

    static void checkLabel(String field, String label) {
        if (!isLabel(label)) {
            throw Documents.wrong(
                    field,
                    "A group's name has 1 to 60 of a-z, 0-9, dot, line and underscore, and begins with a letter or digit.");
        }
    }

    /** Refuses a name that nothing of this scope can have. */
    void check(String name) {
        switch (this) {
            case COMPANY -> need(name.equals(EVERYBODY), "The company's policy has the name 'default'.");
            case GROUP -> checkLabel("name", name);
            case SYSTEM -> need(NUMBER.matcher(name).matches(), "A system's policy has its number as name.");
            case PATH -> {
                int colon = name.indexOf(':');
                need(
                        colon > 0
                                && NUMBER.matcher(name.substring(0, colon)).matches()
                                && Paths.isAbsolute(name.substring(colon + 1)),
                        "A folder's policy is named NUMBER:PATH, for example 17:/home/anna.");
                need(name.length() <= LONGEST, "The name of a folder's policy has at most 500 characters.");
            }
        }
    }

    /** The system that a name of {@link #SYSTEM} or {@link #PATH} begins with. */
    static long system(String name) {
        int colon = name.indexOf(':');
        return Long.parseLong(colon < 0 ? name : name.substring(0, colon));
    }

    private static void need(boolean right, String detail) {
        if (!right) {
            throw Documents.wrong("name", detail);
        }
    }
}
