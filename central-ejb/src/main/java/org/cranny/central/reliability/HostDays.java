package org.cranny.central.reliability;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.cranny.central.database.Database;

/** How each host stood, day by day, for {@value #DAYS_KEPT} days; looked at about once an hour, in one statement. */
final class HostDays {
    static final int DAYS_KEPT = 100;
    private static final long EVERY_MILLIS = 3_600_000;

    private final Database database;
    private final Clock clock;
    private long lookedMillis = Long.MIN_VALUE;

    HostDays(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Notes how all hosts stand, unless that was noted within the hour. */
    void keep() {
        long now = clock.millis();
        if (lookedMillis != Long.MIN_VALUE && now - lookedMillis < EVERY_MILLIS) {
            return;
        }
        lookedMillis = now;
        long today = today().toEpochDay();
        database.lightly(entities -> {
            entities.createNativeQuery("delete from host_day where epoch_day = ? or epoch_day < ?")
                    .setParameter(1, today)
                    .setParameter(2, today - DAYS_KEPT)
                    .executeUpdate();
            entities.createNativeQuery("insert into host_day (host, epoch_day, free_bytes, disk_free_bytes, kept_bytes,"
                            + " quota_bytes, rating) select h.number, cast(? as bigint),"
                            + " case when h.available_bytes > h.promised_bytes"
                            + " then h.available_bytes - h.promised_bytes else 0 end,"
                            + " h.disk_free_bytes, h.kept_bytes, h.quota_bytes, h.rating"
                            + " from host h where h.retired_millis is null and h.heard_millis is not null")
                    .setParameter(1, today)
                    .executeUpdate();
            return null;
        });
    }

    /** The days of a host that are known, oldest first. */
    List<HostDay> of(long host) {
        return database.read(entities -> {
            List<?> rows = entities.createNativeQuery(
                            "select d.epoch_day, d.free_bytes, d.disk_free_bytes, d.kept_bytes,"
                                    + " d.quota_bytes, d.rating from host_day d where d.host = ? order by d.epoch_day")
                    .setParameter(1, host)
                    .setMaxResults(DAYS_KEPT + 1)
                    .getResultList();
            return rows.stream().map(row -> day((Object[]) row)).toList();
        });
    }

    private static HostDay day(Object[] row) {
        return new HostDay(
                LocalDate.ofEpochDay(((Number) row[0]).longValue()),
                ((Number) row[1]).longValue(),
                ((Number) row[2]).longValue(),
                ((Number) row[3]).longValue(),
                ((Number) row[4]).longValue(),
                ((Number) row[5]).doubleValue());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
