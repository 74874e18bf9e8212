package org.cranny.web.pages.overview;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cranny.central.job.JobTally;
import org.cranny.central.job.Jobs;
import org.cranny.central.snapshot.Snapshots;
import org.cranny.web.pages.drawing.Columns;

/**
 * The backups of the last fourteen days. Days that are over are counted once, since what they were does not change; today
 * at most every {@value #EVERY_SECONDS} s.
 */
@ApplicationScoped
public class Fortnight {
    static final int DAYS = 14;
    private static final int EVERY_SECONDS = 10;
    private static final DateTimeFormatter LABEL = DateTimeFormatter.ofPattern("d.", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, d MMMM", Locale.ENGLISH);

    @Inject
    Snapshots snapshots;

    @Inject
    Jobs jobs;

    private final Map<LocalDate, Columns.Column> over = new ConcurrentHashMap<>();
    private volatile Counted newest = new Counted(LocalDate.EPOCH, Instant.EPOCH, null);

    private record Counted(LocalDate day, Instant when, Columns.Column column) {}

    Columns until(Instant now, ZoneId zone) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        over.keySet().removeIf(day -> day.isBefore(today.minusDays(DAYS)) || !day.isBefore(today));
        List<Columns.Column> columns = new ArrayList<>();
        for (LocalDate day = today.minusDays(DAYS - 1); !day.isAfter(today); day = day.plusDays(1)) {
            columns.add(
                    day.isEqual(today)
                            ? today(today, now, zone)
                            : over.computeIfAbsent(day, each -> count(each, zone)));
        }
        return new Columns(columns);
    }

    private Columns.Column today(LocalDate today, Instant now, ZoneId zone) {
        Counted counted = newest;
        if (!counted.day().isEqual(today)
                || Duration.between(counted.when(), now).toSeconds() >= EVERY_SECONDS) {
            counted = new Counted(today, now, count(today, zone));
            newest = counted;
        }
        return counted.column();
    }

    /** A snapshot is a backup that was done, by a job or by hand; those whose job missed files are counted apart. */
    private Columns.Column count(LocalDate day, ZoneId zone) {
        Instant from = day.atStartOfDay(zone).toInstant();
        Instant until = day.plusDays(1).atStartOfDay(zone).toInstant();
        JobTally tally = jobs.ended(from, until);
        long done = Math.max(0, snapshots.received(from, until) - tally.incomplete());
        return new Columns.Column(LABEL.format(day), DAY.format(day), done, tally.incomplete(), tally.failed());
    }
}
