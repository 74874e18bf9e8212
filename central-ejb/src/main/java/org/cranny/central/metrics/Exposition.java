package org.cranny.central.metrics;

import java.math.BigDecimal;

/** Writes metrics in the text format of Prometheus, version 0.0.4. */
final class Exposition {
    static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder();
    private String name;

    /** Begins a metric. @param type {@code counter}, {@code gauge} or {@code histogram} */
    Exposition metric(String metric, String type, String help) {
        name = metric;
        text.append("# HELP ").append(metric).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(metric).append(' ').append(type).append('\n');
        return this;
    }

    Exposition gauge(String metric, String help, double value) {
        return metric(metric, "gauge", help).value(value);
    }

    Exposition counter(String metric, String help, double value) {
        return metric(metric, "counter", help).value(value);
    }

    /** The metric's only sample. */
    Exposition value(double value) {
        text.append(name).append(' ').append(written(value)).append('\n');
        return this;
    }

    /** One sample of several. */
    Exposition value(String label, String word, double value) {
        return value("", label, word, value);
    }

    Exposition value(String suffix, String label, String word, double value) {
        text.append(name)
                .append(suffix)
                .append('{')
                .append(label)
                .append("=\"")
                .append(word.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
                .append("\"} ")
                .append(written(value))
                .append('\n');
        return this;
    }

    Exposition suffixed(String suffix, double value) {
        text.append(name).append(suffix).append(' ').append(written(value)).append('\n');
        return this;
    }

    private static String written(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : new BigDecimal(Double.toString(value)).toString();
    }

    String text() {
        return text.toString();
    }
}
