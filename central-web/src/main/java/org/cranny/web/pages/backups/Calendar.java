package org.cranny.web.pages.backups;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cranny.central.snapshot.SnapshotBrief;

/** A month of snapshots, as weeks of days. */
public record Calendar(List<Week> weeks) {

    /** Monday to Sunday. */
    public record Week(List<Day> days) {}

    /** One day. @param count of its snapshots @param inside whether it belongs to the month */
    public record Day(int number, boolean inside, int count, String href, boolean chosen) {}

    /** @param href of a day */
    static Calendar of(
            YearMonth month,
            List<SnapshotBrief> snapshots,
            LocalDate chosen,
            ZoneId zone,
            Function<LocalDate, String> href) {
        Map<LocalDate, Long> counts = snapshots.stream()
                .collect(Collectors.groupingBy(
                        each -> LocalDate.ofInstant(each.received(), zone), Collectors.counting()));
        List<Week> weeks = new ArrayList<>();
        LocalDate day = month.atDay(1).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        while (!day.isAfter(month.atEndOfMonth())) {
            List<Day> days = new ArrayList<>();
            for (int i = 0; i < DayOfWeek.values().length; i++) {
                boolean inside = YearMonth.from(day).equals(month);
                int count = inside ? counts.getOrDefault(day, 0L).intValue() : 0;
                days.add(new Day(day.getDayOfMonth(), inside, count, href.apply(day), day.equals(chosen)));
                day = day.plusDays(1);
            }
            weeks.add(new Week(days));
        }
        return new Calendar(weeks);
    }
}
