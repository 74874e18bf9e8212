package org.cranny.central.brake;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Judges one commit by the day that ends with it. Shares are of the octets that the newest snapshot of a day before
 * needed.
 *
 * <ul>
 *   <li>Gone: more than half is needed no more.
 *   <li>New: more was added than all that was needed, and no less than {@value #NEW_FLOORS} floors.
 *   <li>Often: {@value #MOST_IN_A_DAY} commits and more in 24 hours, more than four times as many as on the source's
 *       busiest day before, and more than twice as many as were due. One an hour is fewer.
 *   <li>Rewritten: more than half of the files' octets were replaced; more than a fifth when what is new does not compress
 *       and what came before did. This one is the source's word.
 * </ul>
 *
 * <p>None of the shares is a jump below the floor of octets, nor when no less than the third largest of the source's last
 * {@value #EARLIER} days: two odd ones change nothing, and what a machine does every few days is usual there.
 */
final class Jump {
    static final int EARLIER = 30;
    static final int MOST_IN_A_DAY = 30;
    private static final double MOST_GONE = 0.5;
    private static final double MOST_NEW = 1;
    private static final long NEW_FLOORS = 64;
    private static final double MOST_REWRITTEN = 0.5;
    private static final double MOST_SCRAMBLED = 0.2;
    private static final double INCOMPRESSIBLE = 0.95;
    private static final double COMPRESSIBLE = 0.8;
    private static final int ODD_DAYS = 2;
    private static final int LEAST_BEFORE = 5;

    private Jump() {}

    /** What a day changed. @param rewritten octets of files, of {@code files} in all */
    record Day(long needed, long added, long gone, long files, long rewritten, double stored) {
        Shares shares() {
            return new Shares(share(gone, needed), share(added, needed), share(rewritten, files));
        }

        private static double share(long part, long whole) {
            return whole == 0 ? 0 : (double) part / whole;
        }
    }

    /** What a day was judged by. */
    record Shares(double gone, double fresh, double rewritten) {
        Shares most(Shares other) {
            return new Shares(
                    Math.max(gone, other.gone), Math.max(fresh, other.fresh), Math.max(rewritten, other.rewritten));
        }
    }

    /**
     * @param before the shares of earlier days, newest first
     * @param storedBefore of what was new in earlier commits, how much was left by compression
     * @param leastBytes the floor
     * @return what jumped, in a sentence without an end
     */
    static Optional<String> of(Day now, List<Shares> before, List<Double> storedBefore, long leastBytes) {
        Shares shares = now.shares();
        if (now.gone() >= leastBytes
                && shares.gone()
                        > Math.max(
                                MOST_GONE,
                                usual(before.stream().map(Shares::gone).toList()))) {
            return Optional.of(percent(shares.gone()) + " of what it needed the day before is needed no more");
        }
        if (now.added() >= NEW_FLOORS * leastBytes
                && shares.fresh()
                        > Math.max(
                                MOST_NEW,
                                usual(before.stream().map(Shares::fresh).toList()))) {
            return Optional.of("what is new is " + percent(shares.fresh()) + " of what it needed the day before");
        }
        boolean scrambled = scrambled(now.stored(), storedBefore);
        if (now.rewritten() >= leastBytes
                && shares.rewritten()
                        > Math.max(
                                scrambled ? MOST_SCRAMBLED : MOST_REWRITTEN,
                                usual(before.stream().map(Shares::rewritten).toList()))) {
            return Optional.of(percent(shares.rewritten()) + " of its files' octets were replaced"
                    + (scrambled ? ", and what is new does not compress any more" : ""));
        }
        return Optional.empty();
    }

    /** @param busiest commits in the busiest 24 hours before @param due backups that its policy asked for */
    static Optional<String> often(long inADay, long busiest, LongSupplier due) {
        return inADay >= MOST_IN_A_DAY && inADay > 4 * busiest && inADay > 2 * due.getAsLong()
                ? Optional.of(inADay + " snapshots in 24 hours, and never more than " + busiest + " before")
                : Optional.empty();
    }

    private static boolean scrambled(double now, List<Double> before) {
        return now >= INCOMPRESSIBLE
                && before.size() >= LEAST_BEFORE
                && before.stream().sorted().toList().get(before.size() / 2) < COMPRESSIBLE;
    }

    private static double usual(List<Double> before) {
        return before.stream()
                .limit(EARLIER)
                .sorted(Comparator.reverseOrder())
                .skip(ODD_DAYS)
                .findFirst()
                .orElse(0.0);
    }

    private static String percent(double share) {
        return Math.round(100 * share) + " %";
    }
}
