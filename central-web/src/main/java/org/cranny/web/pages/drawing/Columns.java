package org.cranny.web.pages.drawing;

import java.util.List;

/** Stacked columns, one a day: what went well below, what did not above it. */
public record Columns(List<Column> columns) {
    private static final int WIDTH = 40;
    private static final int GAP = 12;
    private static final int HEIGHT = 120;
    private static final double SPACE = 1.5;

    /** One column. @param label below it @param day in full, for the table */
    public record Column(String label, String day, long done, long incomplete, long failed) {
        long all() {
            return done + incomplete + failed;
        }
    }

    public boolean isBlank() {
        return columns.stream().allMatch(column -> column.all() == 0);
    }

    public String svg() {
        Svg svg = new Svg(WIDTH * columns.size(), HEIGHT, "columns");
        long most = Math.max(1, columns.stream().mapToLong(Column::all).max().orElse(1));
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            double top = HEIGHT;
            top = part(svg, "good", i, top, column.done(), most);
            top = part(svg, "warn", i, top, column.incomplete(), most);
            part(svg, "bad", i, top, column.failed(), most);
        }
        return svg.done();
    }

    private static double part(Svg svg, String style, int place, double bottom, long count, long most) {
        if (count == 0) {
            return bottom;
        }
        double height = Math.max(3, (double) HEIGHT * count / most - SPACE);
        double top = Math.max(0, bottom - height);
        svg.rectangle(style, place * WIDTH + GAP / 2.0, top, WIDTH - GAP, bottom - top);
        return top - SPACE;
    }
}
