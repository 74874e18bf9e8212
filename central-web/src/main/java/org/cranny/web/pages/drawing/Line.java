package org.cranny.web.pages.drawing;

import java.util.List;

/** A line over time with its area below, from 0 to a top. */
public record Line(List<Point> points, double top) {
    private static final int WIDTH = 1_000;
    private static final int HEIGHT = 160;

    /** One point. @param when as people say it @param said its value, as people say it */
    public record Point(String when, String said, double value) {}

    public boolean isBlank() {
        return points.size() < 2;
    }

    public String first() {
        return points.isEmpty() ? "" : points.get(0).when();
    }

    public String middle() {
        return points.isEmpty() ? "" : points.get(points.size() / 2).when();
    }

    public String last() {
        return points.isEmpty() ? "" : points.get(points.size() - 1).when();
    }

    public String svg() {
        Svg svg = new Svg(WIDTH, HEIGHT, "line");
        if (isBlank()) {
            return svg.done();
        }
        StringBuilder way = new StringBuilder();
        for (int i = 0; i < points.size(); i++) {
            way.append(i == 0 ? 'M' : 'L')
                    .append(Svg.number((double) WIDTH * i / (points.size() - 1)))
                    .append(' ')
                    .append(Svg.number(height(points.get(i))));
        }
        return svg.path("area", way + "L" + WIDTH + " " + HEIGHT + "L0 " + HEIGHT + "Z")
                .path("stroke", way.toString())
                .done();
    }

    private double height(Point point) {
        double share = top <= 0 ? 0 : Math.max(0, Math.min(1, point.value() / top));
        return 4 + (HEIGHT - 4) * (1 - share);
    }
}
