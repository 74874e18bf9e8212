package org.cranny.central.system;

/**
 * How honestly a host proves what it keeps, from 0 to 1: the share of right answers, in which each new answer weighs a
 * twentieth and the ones before fade.
 */
public final class Honesty {
    /** Of a host that answered wrongly never, or not for long. */
    public static final double WHOLE = 1;

    private static final double FORGETTING = 0.95;
    private static final double TAKES_NOTHING_BELOW = 0.75;
    private static final double QUARANTINED_BELOW = 0.6;

    private Honesty() {}

    /** After some answers, the wrong ones last. */
    public static double after(double before, long right, long wrong) {
        double afterRight = 1 - (1 - before) * Math.pow(FORGETTING, right);
        return afterRight * Math.pow(FORGETTING, wrong);
    }

    /** Whether a host gets nothing new. */
    public static boolean takesNothing(double honesty) {
        return honesty < TAKES_NOTHING_BELOW;
    }

    /** Whether nothing is left that a host's word is worth. */
    public static boolean isGone(double honesty) {
        return honesty < QUARANTINED_BELOW;
    }
}
