package org.cranny.central.policy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;

/** A part of the day, over midnight when its end is earlier than its beginning. */
record DayTime(LocalTime from, LocalTime to) {

    /** @param field the member that holds both */
    static DayTime of(String field, String from, String to) {
        LocalTime begin = time(Documents.below(field, "from"), from);
        LocalTime end = time(Documents.below(field, "to"), to);
        if (begin.equals(end)) {
            throw Documents.wrong(
                    Documents.below(field, "to"), "It ends when it begins; leave it out for the whole day.");
        }
        return new DayTime(begin, end);
    }

    boolean contains(LocalTime time) {
        return from.isBefore(to)
                ? !time.isBefore(from) && time.isBefore(to)
                : !time.isBefore(from) || time.isBefore(to);
    }

    /** How long it is from a time inside to the end. */
    Duration left(LocalTime time) {
        Duration left = Duration.between(time, to);
        return left.isNegative() ? left.plusDays(1) : left;
    }

    /** The last minute before this part of the day next begins, not before the time given. */
    LocalDateTime justBefore(LocalDateTime time) {
        LocalDateTime begin = time.toLocalDate().atTime(from);
        LocalDateTime next = begin.isAfter(time) ? begin : begin.plusDays(1);
        LocalDateTime before = next.minusMinutes(1);
        return before.isBefore(time) ? time : before;
    }

    private static LocalTime time(String field, String text) {
        try {
            if (text != null && text.matches("[0-2][0-9]:[0-5][0-9]")) {
                return LocalTime.parse(text);
            }
        } catch (DateTimeException noSuchHour) {
            throw Documents.wrong(field, "There is no hour " + text.substring(0, 2) + "; a day ends at 23:59.");
        }
        throw Documents.wrong(field, field + " must be a time of day such as 22:00.");
    }
}
