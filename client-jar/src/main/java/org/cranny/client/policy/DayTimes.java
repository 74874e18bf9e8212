package org.cranny.client.policy;

import java.time.LocalTime;

/** Parts of a day, over midnight when they end earlier than they begin. */
final class DayTimes {
    private DayTimes() {}

    static boolean contains(String from, String to, LocalTime time) {
        LocalTime begin = LocalTime.parse(from);
        LocalTime end = LocalTime.parse(to);
        return begin.isBefore(end)
                ? !time.isBefore(begin) && time.isBefore(end)
                : !time.isBefore(begin) || time.isBefore(end);
    }
}
