package org.cranny.client.cli.admin;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonValue;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A host's week as text: seven lines of 24 hours, the darker the better it could be reached. */
final class WeekMap {
    private static final int DAY = 24;
    private static final int WEEK = 168;
    private static final String SHADES = " ░▒▓█";

    private final JsonArray profile;
    private final int hoursAhead;

    /** @param profile of 168 hours from Monday 00:00 UTC, null where nobody looked @param zone in which it is shown */
    WeekMap(JsonArray profile, ZoneId zone) {
        this.profile = profile;
        this.hoursAhead = Math.round(zone.getRules().getOffset(Instant.now()).getTotalSeconds() / 3_600f);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("     0     6     12    18    ");
        for (DayOfWeek day : DayOfWeek.values()) {
            StringBuilder line = new StringBuilder(day.getDisplayName(TextStyle.SHORT, Locale.ROOT)).append("  ");
            for (int hour = 0; hour < DAY; hour++) {
                line.append(shade(Math.floorMod((day.getValue() - 1) * DAY + hour - hoursAhead, WEEK)));
            }
            lines.add(line.toString());
        }
        lines.add("     █ always  ▓ mostly  ▒ half  ░ seldom  blank never  · not watched");
        return lines;
    }

    private char shade(int hour) {
        JsonValue share = profile.get(hour);
        return share instanceof JsonNumber number
                ? SHADES.charAt((int) Math.round(number.doubleValue() * (SHADES.length() - 1)))
                : '·';
    }
}
