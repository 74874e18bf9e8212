package org.cranny.web.pages.backups;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.cranny.protocol.readers.Reader;
import org.cranny.protocol.readers.Texts;

/** Which day or month an address asks for. */
public final class CalendarReaders {
    private CalendarReaders() {}

    public static List<Reader> all() {
        return List.of(new Reader(
                "calendar", List.of(), Texts.seeds("2026-11-28", "2026-11", "-0001-01", "+10000-01-01"), octets -> {
                    String text = Texts.text(octets);
                    Optional<YearMonth> month =
                            Backups.month(text).or(() -> Backups.day(text).map(YearMonth::from));
                    month.ifPresent(each -> {
                        Instant end = each.plusMonths(1)
                                .atDay(1)
                                .atStartOfDay(ZoneOffset.UTC)
                                .toInstant();
                        if (end.toEpochMilli() < 0) {
                            throw new AssertionError(text);
                        }
                    });
                }));
    }
}
