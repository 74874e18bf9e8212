package org.cranny.web.pages.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A week of hours: seven rows of twenty-four. @param shares of 168 hours, Monday 00:00 first, 0..1; null where nothing is known */
public record HeatMap(List<Double> shares) {
    private static final int CELL = 10;
    private static final int HOURS = 24;
    private static final int STEPS = 5;
    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

    /** One row of the table behind it. */
    public record Row(String day, List<String> hours) {}

    public boolean isBlank() {
        return shares.stream().allMatch(share -> share == null);
    }

    public String svg() {
        Svg svg = new Svg(HOURS * CELL, DAYS.size() * CELL, "heat");
        for (int hour = 0; hour < shares.size(); hour++) {
            svg.rectangle(
                    style(shares.get(hour)),
                    hour % HOURS * CELL + 0.6,
                    hour / HOURS * CELL + 0.8,
                    CELL - 1.2,
                    CELL - 1.6);
        }
        return svg.done();
    }

    public List<String> days() {
        return DAYS;
    }

    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int day = 0; day < DAYS.size() && (day + 1) * HOURS <= shares.size(); day++) {
            rows.add(new Row(
                    DAYS.get(day),
                    shares.subList(day * HOURS, (day + 1) * HOURS).stream()
                            .map(HeatMap::said)
                            .toList()));
        }
        return rows;
    }

    private static String said(Double share) {
        return share == null ? "–" : String.format(Locale.ROOT, "%d", Math.round(share * 100));
    }

    private static String style(Double share) {
        return share == null ? "unknown" : "h" + Math.min(STEPS, (int) Math.floor(share * STEPS + 0.5));
    }
}
