package org.cranny.web.pages.drawing;

import java.util.Locale;

/** Writes shapes; colours come from the style sheet, by class. */
final class Svg {
    private final StringBuilder text = new StringBuilder(2_000);

    /** @param width of the drawing's own coordinates; it is stretched to the room it has */
    Svg(int width, int height, String style) {
        text.append("<svg class=\"")
                .append(style)
                .append("\" viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(height)
                .append("\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\">");
    }

    Svg rectangle(String style, double x, double y, double width, double height) {
        text.append("<rect class=\"").append(style).append('"');
        return attribute("x", x)
                .attribute("y", y)
                .attribute("width", width)
                .attribute("height", height)
                .end();
    }

    Svg path(String style, String way) {
        text.append("<path class=\"")
                .append(style)
                .append("\" vector-effect=\"non-scaling-stroke\" d=\"")
                .append(way)
                .append('"');
        return end();
    }

    String done() {
        return text.append("</svg>").toString();
    }

    static String number(double value) {
        String figures = String.format(Locale.ROOT, "%.2f", value);
        return figures.endsWith(".00") ? figures.substring(0, figures.length() - 3) : figures;
    }

    private Svg attribute(String name, double value) {
        text.append(' ').append(name).append("=\"").append(number(value)).append('"');
        return this;
    }

    private Svg end() {
        text.append("/>");
        return this;
    }
}
