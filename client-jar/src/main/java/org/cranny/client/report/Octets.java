package org.cranny.client.report;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers of octets as people type them: {@code 500}, {@code 10M}, {@code 1.5GB}, {@code 4GiB}, {@code 2M/s}. */
public final class Octets {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,3})?) ?([kKMGTP]?)(i?)[bB]?(?:/s)?");
    private static final Map<String, Integer> POWERS = Map.of("", 0, "K", 1, "M", 2, "G", 3, "T", 4, "P", 5);

    private Octets() {}

    /** @throws IllegalArgumentException with a sentence */
    public static long read(String typed) {
        Matcher form = FORM.matcher(typed.strip());
        if (!form.matches() || form.group(2).isEmpty() && !form.group(3).isEmpty()) {
            throw wrong(typed);
        }
        long unit = form.group(3).isEmpty() ? 1000 : 1024;
        int power = POWERS.get(form.group(2).toUpperCase(Locale.ROOT));
        try {
            return new BigDecimal(form.group(1))
                    .multiply(BigDecimal.valueOf(unit).pow(power))
                    .toBigInteger()
                    .longValueExact();
        } catch (ArithmeticException e) {
            throw wrong(typed);
        }
    }

    private static IllegalArgumentException wrong(String typed) {
        return new IllegalArgumentException("'" + typed + "' is no size. Write for example 500k, 10M, 1.5G or 4GiB");
    }
}
