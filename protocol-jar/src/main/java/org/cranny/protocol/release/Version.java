package org.cranny.protocol.release;

import java.util.regex.Pattern;

/**
 * A version of a program. Ordered as Debian orders upstream versions: runs of digits by their number, everything between
 * by its letters, letters before other signs, and {@code ~} before the end. So {@code 1.0~rc1 < 1.0 < 1.0.1 < 1.10}.
 * Source of the rule: deb-version(7).
 */
public record Version(String text) implements Comparable<Version> {
    private static final Pattern FORM = Pattern.compile("[0-9][A-Za-z0-9.+~]{0,40}");
    private static final int AFTER_LETTERS = 256;

    /** @throws IllegalArgumentException when it is none */
    public Version {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("this is no version: " + text);
        }
    }

    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    public boolean isNewerThan(Version other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Version other) {
        int here = 0;
        int there = 0;
        while (here < text.length() || there < other.text.length()) {
            while (isSign(text, here) || isSign(other.text, there)) {
                int difference = weight(text, here) - weight(other.text, there);
                if (difference != 0) {
                    return difference;
                }
                here++;
                there++;
            }
            int hereEnds = endOfDigits(text, here);
            int thereEnds = endOfDigits(other.text, there);
            int difference = compareNumbers(text.substring(here, hereEnds), other.text.substring(there, thereEnds));
            if (difference != 0) {
                return difference;
            }
            here = hereEnds;
            there = thereEnds;
        }
        return 0;
    }

    private static boolean isSign(String text, int place) {
        return place < text.length() && !isDigit(text.charAt(place));
    }

    /** Of a digit and of the end it is 0, so that only {@code ~} comes before them. */
    private static int weight(String text, int place) {
        if (!isSign(text, place)) {
            return 0;
        }
        char sign = text.charAt(place);
        if (sign == '~') {
            return -1;
        }
        return Character.isLetter(sign) ? sign : sign + AFTER_LETTERS;
    }

    private static int endOfDigits(String text, int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int compareNumbers(String one, String other) {
        String shortOne = one.replaceFirst("^0+", "");
        String shortOther = other.replaceFirst("^0+", "");
        return shortOne.length() != shortOther.length()
                ? shortOne.length() - shortOther.length()
                : shortOne.compareTo(shortOther);
    }

    private static boolean isDigit(char sign) {
        return sign >= '0' && sign <= '9';
    }

    /** Versions that differ in leading zeros alone are equal in order, so they are equal. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Version version && compareTo(version) == 0;
    }

    @Override
    public int hashCode() {
        return text.replaceAll("(?<![0-9])0+", "").hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
