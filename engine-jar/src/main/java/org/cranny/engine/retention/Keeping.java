package org.cranny.engine.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.IsoFields;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.cranny.protocol.policy.Policy.Retention;

/**
 * Says which snapshots stay and why, by their time in UTC (that at which central received them, where there is one): of each of the last hours, days,
 * ISO weeks, months and years that have any, the newest. Nothing set keeps everything; the newest stays always.
 */
public final class Keeping {
    private Keeping() {}

    /**
     * One snapshot.
     *
     * @param held whether it stays whatever the rules say
     */
    public record Age(long version, Instant time, boolean held) {}

    /** @param there those that are not forgotten, newest first @return reasons by version of those that stay */
    public static SortedMap<Long, String> keep(List<Age> there, Retention rules, Instant now) {
        SortedMap<Long, String> kept = new TreeMap<>();
        there.stream().limit(1).forEach(age -> kept.put(age.version(), "newest"));
        there.stream().filter(age -> age.held()).forEach(age -> kept.put(age.version(), "held"));
        if (setsNothing(rules)) {
            there.forEach(age -> kept.putIfAbsent(age.version(), "no rule"));
            return kept;
        }
        there.stream().limit(count(rules.last())).forEach(age -> kept.putIfAbsent(age.version(), "last"));
        Instant since = now.minus(Duration.ofDays(count(rules.withinDays())));
        there.stream()
                .filter(age -> count(rules.withinDays()) > 0 && !age.time().isBefore(since))
                .forEach(age -> kept.putIfAbsent(age.version(), "within"));
        each(there, count(rules.hourly()), "hourly", time -> time.toEpochSecond() / 3_600, kept);
        each(there, count(rules.daily()), "daily", time -> time.toLocalDate().toEpochDay(), kept);
        each(
                there,
                count(rules.weekly()),
                "weekly",
                time -> time.get(IsoFields.WEEK_BASED_YEAR) * 100L + time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR),
                kept);
        each(there, count(rules.monthly()), "monthly", time -> time.getYear() * 100L + time.getMonthValue(), kept);
        each(there, count(rules.yearly()), "yearly", time -> (long) time.getYear(), kept);
        return kept;
    }

    private static boolean setsNothing(Retention rules) {
        return rules == null
                || rules.last() == null
                        && rules.hourly() == null
                        && rules.daily() == null
                        && rules.weekly() == null
                        && rules.monthly() == null
                        && rules.yearly() == null
                        && rules.withinDays() == null;
    }

    private static int count(Integer wanted) {
        return wanted == null ? 0 : wanted;
    }

    private static void each(
            List<Age> ages,
            int periods,
            String reason,
            Function<ZonedDateTime, Long> period,
            SortedMap<Long, String> kept) {
        Set<Long> seen = new HashSet<>();
        for (Age age : ages) {
            if (seen.size() < periods && seen.add(period.apply(age.time().atZone(ZoneOffset.UTC)))) {
                kept.putIfAbsent(age.version(), reason);
            }
        }
    }
}
