package org.cranny.client.window;

import com.formdev.flatlaf.util.UIScale;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.Insets;
import java.awt.LayoutManager;

/** Lays components out below each other, all as wide as there is room, each as high as it is at that width. */
final class Column implements LayoutManager {
    private static final int ANY_HEIGHT = Short.MAX_VALUE;

    private final int gap;

    /** @param gap between two, in pixels of an ordinary screen */
    Column(int gap) {
        this.gap = gap;
    }

    @Override
    public void addLayoutComponent(String name, Component component) {
        // Where it is comes from the order alone.
    }

    @Override
    public void removeLayoutComponent(Component component) {
        // Nothing is remembered.
    }

    @Override
    public Dimension preferredLayoutSize(Container parent) {
        Insets insets = parent.getInsets();
        int room = parent.getWidth() - insets.left - insets.right;
        int width = 0;
        int height = 0;
        for (Component each : parent.getComponents()) {
            if (each.isVisible()) {
                Dimension size = size(each, room);
                width = Math.max(width, size.width);
                height += size.height + (height == 0 ? 0 : UIScale.scale(gap));
            }
        }
        return new Dimension(width + insets.left + insets.right, height + insets.top + insets.bottom);
    }

    private static Dimension size(Component component, int room) {
        if (room > 0) {
            component.setSize(room, Math.max(1, component.getHeight()));
            if (component instanceof Container container) {
                spread(container);
            }
        }
        return component.getPreferredSize();
    }

    /** Whatever wraps below it learns how wide it is. */
    private static void spread(Container container) {
        if (!(container.getLayout() instanceof Column)) {
            container.doLayout();
        }
    }

    @Override
    public Dimension minimumLayoutSize(Container parent) {
        return new Dimension(0, Math.min(ANY_HEIGHT, preferredLayoutSize(parent).height));
    }

    @Override
    public void layoutContainer(Container parent) {
        Insets insets = parent.getInsets();
        int room = parent.getWidth() - insets.left - insets.right;
        int y = insets.top;
        for (Component each : parent.getComponents()) {
            if (each.isVisible()) {
                int height = size(each, room).height;
                each.setBounds(insets.left, y, room, height);
                y += height + UIScale.scale(gap);
            }
        }
    }
}
