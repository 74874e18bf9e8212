package org.cranny.central.reliability;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.cranny.protocol.heartbeat.Seen.Outcome;

/**
 * All looks of a few minutes, one {@code long} each, until they are weighed against each other.
 *
 * <p>Within a slot the looks of one observer at one host are a share, so that whoever looks, or claims to look, a
 * thousand times weighs no more than the others. An observer that reached none of at least two hosts, though somebody
 * else reached one of them, is itself what cannot be reached from: its looks are set aside.
 */
final class Slot {
    /** The observer that stands for a host's reports: they came, or they were awaited in vain. */
    static final long REPORTS = 0;

    /** Central looks too; its number is 1 in every realm. */
    static final long CENTRAL = 1;

    private static final int OUTCOME_BITS = 2;
    private static final int OBSERVER_BITS = 32;
    private static final long LARGEST = 1L << 30;

    private final long start;
    private long[] looks = new long[64];
    private int count;
    private long touched;

    /** @param start second */
    Slot(long start) {
        this.start = start;
    }

    static boolean fits(long system) {
        return system >= 0 && system < LARGEST;
    }

    void add(long subject, long observer, Outcome outcome, long now) {
        if (count == looks.length) {
            looks = Arrays.copyOf(looks, count + count / 2);
        }
        looks[count++] = subject << OBSERVER_BITS | observer << OUTCOME_BITS | outcome.ordinal();
        touched = now;
    }

    long start() {
        return start;
    }

    int count() {
        return count;
    }

    /** When the last look came in. */
    long touched() {
        return touched;
    }

    /** What the looks say of each host that was looked at. */
    Map<Long, Verdict> verdicts() {
        Arrays.sort(looks, 0, count);
        Map<Long, Sight> sights = new HashMap<>();
        eachSubject((from, to) -> noteSights(from, to, sights));
        Map<Long, Verdict> verdicts = new TreeMap<>();
        eachSubject((from, to) -> verdicts.put(subject(from), weigh(from, to, sights)));
        return verdicts;
    }

    /** How an observer fared with the hosts it looked at. */
    private static final class Sight {
        private int hosts;
        private int reached;
        private int missedWhatOthersReached;

        boolean blind() {
            return hosts >= 2 && reached == 0 && missedWhatOthersReached > 0;
        }
    }

    private interface Range {
        void of(int from, int to);
    }

    private void eachSubject(Range range) {
        for (int from = 0; from < count; ) {
            int to = from;
            while (to < count && subject(to) == subject(from)) {
                to++;
            }
            range.of(from, to);
            from = to;
        }
    }

    private void eachObserver(int first, int end, Range range) {
        for (int from = first; from < end; ) {
            int to = from;
            while (to < end && observer(to) == observer(from)) {
                to++;
            }
            range.of(from, to);
            from = to;
        }
    }

    private void noteSights(int first, int end, Map<Long, Sight> sights) {
        boolean[] somebody = new boolean[1];
        eachObserver(first, end, (from, to) -> somebody[0] |= share(from, to) > 0);
        eachObserver(first, end, (from, to) -> {
            if (observer(from) > CENTRAL) {
                Sight sight = sights.computeIfAbsent(observer(from), any -> new Sight());
                boolean reached = share(from, to) > 0;
                sight.hosts++;
                sight.reached += reached ? 1 : 0;
                sight.missedWhatOthersReached += !reached && somebody[0] ? 1 : 0;
            }
        });
    }

    private Verdict weigh(int first, int end, Map<Long, Sight> sights) {
        Mean central = new Mean();
        Mean peers = new Mean();
        eachObserver(first, end, (from, to) -> {
            if (observer(from) <= CENTRAL) {
                central.add(share(from, to));
            } else if (!sights.get(observer(from)).blind()) {
                peers.add(share(from, to));
            }
        });
        return new Verdict(central.value(), peers.value());
    }

    private static final class Mean {
        private double sum;
        private int of;

        void add(double value) {
            sum += value;
            of++;
        }

        double value() {
            return of == 0 ? Double.NaN : sum / of;
        }
    }

    private double share(int from, int to) {
        int reached = 0;
        for (int i = from; i < to; i++) {
            reached += (looks[i] & 3) == Outcome.REACHED.ordinal() ? 1 : 0;
        }
        return (double) reached / (to - from);
    }

    private long subject(int look) {
        return looks[look] >> OBSERVER_BITS;
    }

    private long observer(int look) {
        return (looks[look] & (1L << OBSERVER_BITS) - 1) >> OUTCOME_BITS;
    }
}
