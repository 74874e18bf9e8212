package org.cranny.central.reliability;

/**
 * How reliably a system can be reached, 0..1 in steps of 0.01: the share of looks of the last week that reached it,
 * begun with four good ones so that the first bad look does not condemn a newcomer.
 */
final class Rating {
    private static final int GOOD_START = 4;

    private Rating() {}

    static double of(long reached, long total) {
        double share = (double) (reached + GOOD_START) / (total + GOOD_START);
        return Math.round(share * 100) / 100.0;
    }
}
