package org.cranny.central.reliability;

import java.util.Locale;

/**
 * What kind of machine a host is, seen from its week. A class is entered at one threshold and left at another, so that
 * a host on the edge does not change sides every hour.
 */
enum Availability {
    /** Watched for less than two days. */
    UNKNOWN,
    /** Can be reached whenever one looks: {@value #ALWAYS_FROM} of the time, and until it is below {@value #ALWAYS_TO}. */
    ALWAYS,
    /** Keeps hours: most hours of its week are either good or off, at least 20 each; six days were watched. */
    OFFICE,
    /** Comes and goes. */
    SOMETIMES;

    static final double ALWAYS_FROM = 0.95;
    static final double ALWAYS_TO = 0.9;

    private static final double WATCHED_HOURS = 48;
    private static final int WEEK_WATCHED_HOURS = 144;
    private static final double GOOD = 0.75;
    private static final double OFF = 0.25;
    private static final int LEAST_HOURS = 20;
    private static final double REGULAR_FROM = 0.85;
    private static final double REGULAR_TO = 0.75;

    /** @param before the class until now */
    static Availability of(Profile profile, Availability before) {
        if (profile.watched() < WATCHED_HOURS) {
            return UNKNOWN;
        }
        if (profile.share() >= (before == ALWAYS ? ALWAYS_TO : ALWAYS_FROM)) {
            return ALWAYS;
        }
        return keepsHours(profile, before == OFFICE ? REGULAR_TO : REGULAR_FROM) ? OFFICE : SOMETIMES;
    }

    private static boolean keepsHours(Profile profile, double regular) {
        int watched = 0;
        int good = 0;
        int off = 0;
        for (int hour = 0; hour < Profile.HOURS; hour++) {
            Double share = profile.share(hour);
            if (share != null) {
                watched++;
                good += share >= GOOD ? 1 : 0;
                off += share <= OFF ? 1 : 0;
            }
        }
        return watched >= WEEK_WATCHED_HOURS
                && good >= LEAST_HOURS
                && off >= LEAST_HOURS
                && good + off >= regular * watched;
    }

    static Availability ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
