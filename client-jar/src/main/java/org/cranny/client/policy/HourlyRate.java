package org.cranny.client.policy;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.cranny.engine.transfer.Throttle;
import org.cranny.protocol.policy.Policy.Bandwidth;
import org.cranny.protocol.policy.Policy.Hours;

/** How many octets a second are allowed now, by the hour of the week on this machine's clock; 0 is no limit. */
final class HourlyRate implements LongSupplier {
    private static final int LETTERS = 3;

    private final Long otherwise;
    private final List<Hours> hours;
    private final Function<Hours, Long> direction;
    private final Clock clock;

    private HourlyRate(Long otherwise, List<Hours> hours, Function<Hours, Long> direction, Clock clock) {
        this.otherwise = otherwise;
        this.hours = hours == null ? List.of() : hours;
        this.direction = direction;
        this.clock = clock;
    }

    static HourlyRate upload(Bandwidth bandwidth, Clock clock) {
        return new HourlyRate(bandwidth.uploadBytesPerSecond(), bandwidth.hours(), Hours::uploadBytesPerSecond, clock);
    }

    static HourlyRate download(Bandwidth bandwidth, Clock clock) {
        return new HourlyRate(
                bandwidth.downloadBytesPerSecond(), bandwidth.hours(), Hours::downloadBytesPerSecond, clock);
    }

    @Override
    public long getAsLong() {
        LocalDateTime now = LocalDateTime.now(clock);
        Long rate = hours.stream()
                .filter(each -> direction.apply(each) != null && holds(each, now))
                .map(direction)
                .findFirst()
                .orElse(otherwise);
        return rate == null ? 0 : rate;
    }

    Throttle throttle() {
        long slowest = Stream.concat(
                        Stream.ofNullable(otherwise), hours.stream().map(direction))
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .filter(rate -> rate > 0)
                .min()
                .orElse(0);
        return Throttle.of(this, slowest);
    }

    /** What begins before midnight goes on into the next day. */
    private static boolean holds(Hours hours, LocalDateTime now) {
        boolean overMidnight = hours.to().compareTo(hours.from()) < 0;
        boolean begunYesterday = overMidnight && now.toLocalTime().toString().compareTo(hours.to()) < 0;
        DayOfWeek begun = begunYesterday ? now.getDayOfWeek().minus(1) : now.getDayOfWeek();
        return hours.days().contains(begun.name().substring(0, LETTERS))
                && DayTimes.contains(hours.from(), hours.to(), now.toLocalTime());
    }
}
