package org.cranny.client.window;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.geom.Arc2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.Stream;

/** The window's icon. */
final class Emblem {
    private static final Color GROUND = new Color(0x0f6e66);
    private static final Color PALE = new Color(0x848d9b);

    private Emblem() {}

    static List<Image> images() {
        return Stream.of(16, 24, 32, 48, 64, 128)
                .map(size -> image(size, false))
                .toList();
    }

    /** @param pale as it is while nothing is done */
    static Image image(int size, boolean pale) {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.scale(size / 64.0, size / 64.0);
        pen.setColor(pale ? PALE : GROUND);
        pen.fill(new RoundRectangle2D.Double(2, 2, 60, 60, 20, 20));
        pen.setColor(Color.WHITE);
        pen.setStroke(new BasicStroke(9, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        pen.draw(new Arc2D.Double(18, 18, 28, 28, 45, 270, Arc2D.OPEN));
        pen.dispose();
        return image;
    }
}
