package org.cranny.central.policy;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cranny.protocol.policy.Policy.Schedule;

/**
 * When backups of one system are due, by a clock on the wall.
 *
 * <ul>
 *   <li>A time that the clock jumps over in spring is due when it has jumped; one that comes twice in autumn is due the
 *       first time. So every time is due once.
 *   <li>Each system is due a little later than the time says, always by the same part of the jitter, and never after
 *       the window.
 *   <li>Times outside the window are not due at all.
 * </ul>
 */
final class Times {
    /** A day whose times lie outside, the day before, and the days on which clocks are set. */
    private static final int MOST_CLOSED = 10;

    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final List<ExecutionTime> crons;
    private final ZoneId zone;
    private final Duration jitter;
    private final double share;
    private final Optional<DayTime> window;

    private Times(List<ExecutionTime> crons, ZoneId zone, Duration jitter, double share, Optional<DayTime> window) {
        this.crons = crons;
        this.zone = zone;
        this.jitter = jitter;
        this.share = share;
        this.window = window;
    }

    /** @throws org.cranny.protocol.problem.ProblemException which member cannot be meant */
    static Times of(Schedule schedule, long system) {
        List<ExecutionTime> crons = new ArrayList<>();
        List<String> texts = schedule.times() == null ? List.of() : schedule.times();
        for (int i = 0; i < texts.size(); i++) {
            crons.add(cron("schedule.times[" + i + "]", texts.get(i)));
        }
        int minutes = schedule.jitterMinutes() == null ? 0 : schedule.jitterMinutes();
        return new Times(
                crons,
                zone(schedule.zone()),
                Duration.ofMinutes(minutes),
                share(system),
                Optional.ofNullable(schedule.window())
                        .map(window -> DayTime.of("schedule.window", window.from(), window.to())));
    }

    /** The first time after this one. */
    Optional<Instant> next(Instant after) {
        return upcoming(after, 1, Instant.MAX).stream().findFirst();
    }

    /** So many times after this one, none after that one. */
    List<Instant> upcoming(Instant after, int count, Instant until) {
        List<Instant> due = new ArrayList<>();
        LocalDateTime at = LocalDateTime.ofInstant(after.minus(jitter), zone).minusMinutes(1);
        Instant last = after;
        while (due.size() < count) {
            Optional<LocalDateTime> next = nominal(at);
            if (next.isEmpty()) {
                break;
            }
            at = next.get();
            Instant instant = due(at).orElseThrow();
            if (instant.isAfter(until)) {
                break;
            }
            if (instant.isAfter(last)) {
                last = instant;
                due.add(last);
            }
        }
        return due;
    }

    /** Whether a backup may begin now. */
    boolean open(Instant now) {
        return window.isEmpty()
                || window.get().contains(LocalDateTime.ofInstant(now, zone).toLocalTime());
    }

    private Optional<Instant> due(LocalDateTime nominal) {
        ZoneOffsetTransition jump = zone.getRules().getTransition(nominal);
        Instant begin = jump != null && jump.isGap()
                ? jump.getInstant()
                : nominal.atZone(zone).toInstant();
        if (!open(begin)) {
            return Optional.empty();
        }
        Duration left = window.map(
                        open -> open.left(LocalDateTime.ofInstant(begin, zone).toLocalTime()))
                .orElse(jitter);
        Duration most = left.compareTo(jitter) < 0 ? left : jitter;
        return Optional.of(begin.plusSeconds((long) (most.toSeconds() * share)));
    }

    /** The first time that is due, by the clock on the wall. */
    private Optional<LocalDateTime> nominal(LocalDateTime after) {
        return crons.stream().flatMap(cron -> nominal(cron, after).stream()).min(LocalDateTime::compareTo);
    }

    /** The hours of one cron line are the same on all of its days: outside the window on some days is outside on all. */
    private Optional<LocalDateTime> nominal(ExecutionTime cron, LocalDateTime after) {
        LocalDateTime at = after;
        for (int closed = 0; closed < MOST_CLOSED; closed++) {
            // The library is told of a clock without summer time.
            Optional<LocalDateTime> next =
                    cron.nextExecution(at.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
            if (next.isEmpty() || due(next.get()).isPresent()) {
                return next;
            }
            at = window.orElseThrow().justBefore(next.get());
        }
        return Optional.empty();
    }

    private static ExecutionTime cron(String field, String text) {
        try {
            CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
            Cron cron = parser.parse(text).validate();
            return ExecutionTime.forCron(cron);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw Documents.wrong(
                    field,
                    "'" + text + "' is no time: write minute, hour, day, month and day of the week, for example"
                            + " '30 2 * * 1-5'.");
        }
    }

    static ZoneId zone(String name) {
        try {
            return name == null ? ZoneOffset.UTC : ZoneId.of(name);
        } catch (DateTimeException e) {
            throw Documents.wrong(
                    "schedule.zone", "There is no time zone '" + name + "'; write for example Europe/Berlin.");
        }
    }

    /** The part of the jitter that this system waits, 0 to 1. */
    private static double share(long system) {
        long mixed = system * MIX;
        mixed ^= mixed >>> 32;
        mixed *= MIX;
        return (mixed >>> 11) / (double) (1L << 53);
    }
}
