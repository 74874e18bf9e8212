package org.cranny.web.pages.systems;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.web.pages.words.Texts;

/** Sizes and shares as people type them into a form: {@code 20}, {@code 1.5 TB}, {@code 500 MB}, {@code 10 %}. */
final class TypedSize {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9}(?:[.,][0-9]{1,3})?) ?([kmgtp]?b?)");
    private static final Pattern SHARE = Pattern.compile("([0-9]{1,3}(?:[.,][0-9]{1,3})?) ?%?");
    private static final List<String> UNITS = List.of("", "k", "m", "g", "t", "p");
    private static final int GIGA = 3;

    private TypedSize() {}

    /** In octets; a number alone is of gigabytes, and units are powers of a thousand, as the pages show them. */
    static long bytes(String field, String typed) {
        Matcher size = SIZE.matcher(typed.strip().toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            throw wrong(field, "lending.no-size", typed);
        }
        String unit = size.group(2);
        int power = unit.isEmpty() ? GIGA : UNITS.indexOf(unit.replace("b", ""));
        return new BigDecimal(size.group(1).replace(',', '.'))
                .multiply(BigDecimal.valueOf(1_000).pow(power))
                .longValue();
    }

    /** In percent. */
    static double share(String field, String typed) {
        Matcher share = SHARE.matcher(typed.strip());
        double percent = share.matches() ? Double.parseDouble(share.group(1).replace(',', '.')) : -1;
        if (percent < 0 || percent > 100) {
            throw wrong(field, "lending.no-share", typed);
        }
        return percent;
    }

    static boolean isShare(String typed) {
        return typed.strip().endsWith("%");
    }

    /** As it is typed. */
    static String typed(long bytes) {
        int power = 0;
        long unit = 1;
        while (power < UNITS.size() - 1 && bytes >= unit * 1_000) {
            unit *= 1_000;
            power++;
        }
        BigDecimal value =
                BigDecimal.valueOf(bytes).divide(BigDecimal.valueOf(unit), GIGA, java.math.RoundingMode.FLOOR);
        return plain(value) + " "
                + UNITS.get(power).replace("k", "K").toUpperCase(Locale.ROOT).replace("K", "k") + "B";
    }

    /** As it is typed, without its sign. */
    static String typed(double share) {
        return plain(BigDecimal.valueOf(share));
    }

    private static String plain(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }

    private static ProblemException wrong(String field, String key, String typed) {
        return new ProblemException(Problem.ofField(field, Texts.say(key, typed)));
    }
}
