package org.cranny.central.brake;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Judges one commit by what central sees itself, against the source's own earlier ones. A share is of the octets of packs
 * that were needed by the newest snapshot that was a day old.
 *
 * <ul>
 *   <li>Gone: what is needed no more is more than half, more than the median of earlier shares by eight times their
 *       spread, and no less than the floor.
 *   <li>New: what was added is more than all that was needed, more than the median by eight times the spread, and no
 *       less than 64 floors.
 *   <li>Often: {@value #MOST_IN_A_DAY} commits and more in 24 hours, and more than four times as many as on the source's
 *       busiest day before. One an hour is fewer.
 * </ul>
 *
 * <p>With fewer than {@value #LEAST_BEFORE} commits before, there is no median yet. The spread is 1.4826 times the median absolute deviation, which a few odd days do not move. A source's
 * first day is not judged.
 */
final class Jump {
    static final int MOST_IN_A_DAY = 30;
    private static final double SPREADS = 8 * 1.4826;
    private static final double MOST_GONE = 0.5;
    private static final double MOST_NEW = 1;
    private static final long NEW_FLOORS = 64;
    private static final int LEAST_BEFORE = 5;

    /** What a day changed. @param needed octets that were needed before @param gone of these, needed no more */
    record Change(long needed, long added, long gone) {
        double shareGone() {
            return needed == 0 ? 0 : (double) gone / needed;
        }

        double shareNew() {
            return needed == 0 ? 0 : (double) added / needed;
        }
    }

    private Jump() {}

    /**
     * @param now what the day changed that is judged
     * @param before what earlier ones did
     * @param leastBytes the floor
     * @return what jumped, in a sentence without an end
     */
    static Optional<String> of(Change now, List<Change> before, long leastBytes) {
        if (now.gone() >= leastBytes
                && now.shareGone()
                        > Math.max(
                                MOST_GONE,
                                usual(before.stream().map(Change::shareGone).toList()))) {
            return Optional.of(percent(now.shareGone()) + " of what it needed the day before is needed no more");
        }
        if (now.added() >= NEW_FLOORS * leastBytes
                && now.shareNew()
                        > Math.max(
                                MOST_NEW,
                                usual(before.stream().map(Change::shareNew).toList()))) {
            return Optional.of("what is new is " + percent(now.shareNew()) + " of what it needed the day before");
        }
        return Optional.empty();
    }

    /** @param busiest commits in the busiest 24 hours before */
    static Optional<String> often(long inADay, long busiest) {
        return inADay >= MOST_IN_A_DAY && inADay > 4 * busiest
                ? Optional.of(inADay + " snapshots in 24 hours, and never more than " + busiest + " before")
                : Optional.empty();
    }

    private static double usual(List<Double> shares) {
        if (shares.size() < LEAST_BEFORE) {
            return 0;
        }
        double median = median(shares);
        return median
                + SPREADS
                        * median(shares.stream()
                                .map(share -> Math.abs(share - median))
                                .toList());
    }

    private static double median(List<Double> some) {
        List<Double> sorted = new ArrayList<>(some);
        Collections.sort(sorted);
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    private static String percent(double share) {
        return Math.round(100 * share) + " %";
    }
}
