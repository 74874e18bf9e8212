package org.cranny.client.window;

import com.formdev.flatlaf.util.UIScale;
import java.awt.BasicStroke;
import java.awt.Component;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import javax.swing.Icon;

/** A sign of health: a tick in a disc, a mark in a disc, a mark in a triangle, an empty ring. */
final class SignIcon implements Icon {
    private static final double GRID = 32;

    private final Health.Sign sign;
    private final int size;

    /** @param size in pixels of an ordinary screen */
    SignIcon(Health.Sign sign, int size) {
        this.sign = sign;
        this.size = size;
    }

    @Override
    public int getIconWidth() {
        return UIScale.scale(size);
    }

    @Override
    public int getIconHeight() {
        return UIScale.scale(size);
    }

    @Override
    public void paintIcon(Component component, Graphics graphics, int x, int y) {
        Graphics2D pen = (Graphics2D) graphics.create();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        pen.translate(x, y);
        pen.scale(getIconWidth() / GRID, getIconHeight() / GRID);
        pen.setStroke(new BasicStroke(3f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        paint(pen);
        pen.dispose();
    }

    private void paint(Graphics2D pen) {
        switch (sign) {
            case GOOD -> {
                disc(pen, "good");
                line(pen, 9.5, 16.5, 14, 21, 22.5, 11.5);
            }
            case LOOK -> {
                disc(pen, "warn");
                mark(pen, 8.5, 17, 23);
            }
            case BAD -> {
                pen.setColor(Theme.colour("bad"));
                Path2D triangle = path(16, 4, 29.5, 28, 2.5, 28, 16, 4);
                pen.fill(triangle);
                pen.draw(triangle);
                pen.setColor(Theme.colour("card"));
                mark(pen, 12, 19, 24.5);
            }
            case NONE -> {
                pen.setColor(Theme.colour("edge"));
                pen.draw(new Ellipse2D.Double(2, 2, 28, 28));
            }
        }
    }

    private static void disc(Graphics2D pen, String colour) {
        pen.setColor(Theme.colour(colour));
        pen.fill(new Ellipse2D.Double(0.5, 0.5, 31, 31));
        pen.setColor(Theme.colour("card"));
    }

    private static void mark(Graphics2D pen, double top, double bottom, double dot) {
        line(pen, 16, top, 16, bottom);
        line(pen, 16, dot, 16, dot + 0.1);
    }

    private static void line(Graphics2D pen, double... points) {
        pen.draw(path(points));
    }

    private static Path2D path(double... points) {
        Path2D path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            path.lineTo(points[i], points[i + 1]);
        }
        return path;
    }
}
