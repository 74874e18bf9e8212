package org.cranny.client.window;

import com.formdev.flatlaf.FlatClientProperties;
import com.formdev.flatlaf.util.UIScale;
import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.RoundRectangle2D;
import javax.swing.AbstractButton;
import javax.swing.BorderFactory;
import javax.swing.Box;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.JViewport;
import javax.swing.ScrollPaneConstants;
import javax.swing.Scrollable;
import javax.swing.border.Border;

/** What views are made of. All measures are in pixels of an ordinary screen. */
final class Pieces {
    private static final int CARD_ARC = 24;
    private static final int STEP = 24;

    private Pieces() {}

    /** Words that wrap. */
    static JTextArea prose(String text) {
        JTextArea prose = new JTextArea(text);
        prose.setEditable(false);
        prose.setFocusable(false);
        prose.setLineWrap(true);
        prose.setWrapStyleWord(true);
        prose.setOpaque(false);
        prose.setBorder(BorderFactory.createEmptyBorder());
        prose.putClientProperty(FlatClientProperties.STYLE, "background: null; font: $defaultFont; margin: 0,0,0,0");
        prose.getAccessibleContext().setAccessibleName(text);
        return prose;
    }

    static JTextArea soft(String text) {
        JTextArea prose = prose(text);
        prose.putClientProperty(
                FlatClientProperties.STYLE,
                "background: null; font: $defaultFont; foreground: $Cranny.soft; margin: 0,0,0,0");
        return prose;
    }

    /** The sentence that a view begins with. */
    static JTextArea title(String text) {
        JTextArea title = prose(text);
        title.putClientProperty(
                FlatClientProperties.STYLE, "background: null; font: bold +9 $defaultFont; margin: 0,0,0,0");
        return title;
    }

    static JLabel heading(String text) {
        JLabel heading = new JLabel(text);
        heading.putClientProperty(FlatClientProperties.STYLE, "font: bold $defaultFont");
        return heading;
    }

    static void say(JTextArea prose, String text) {
        if (!prose.getText().equals(text)) {
            prose.setText(text);
            prose.getAccessibleContext().setAccessibleName(text);
            prose.revalidate();
        }
    }

    /** A button; the letter after an {@code &} in its words is its mnemonic. */
    static JButton button(String name, String words, Runnable pressed) {
        JButton button = new JButton();
        label(button, name, words);
        button.addActionListener(event -> pressed.run());
        return button;
    }

    static <B extends AbstractButton> B label(B button, String name, String words) {
        int at = words.indexOf('&');
        button.setText(words.replace("&", ""));
        if (at >= 0) {
            button.setMnemonic(words.charAt(at + 1));
            button.setDisplayedMnemonicIndex(at);
        }
        button.setName(name);
        return button;
    }

    static JButton primary(JButton button) {
        button.putClientProperty(
                FlatClientProperties.STYLE,
                "background: $Cranny.accent; foreground: $Cranny.accentInk; borderColor: $Cranny.accent;"
                        + " focusedBackground: $Cranny.accent; hoverBackground: $Cranny.accentLift;"
                        + " pressedBackground: $Cranny.accentLift; hoverBorderColor: $Cranny.accent;"
                        + " disabledBackground: $Cranny.ground; font: bold $defaultFont");
        return button;
    }

    /** Room around a component, which stays when the theme changes. */
    static Border room(int top, int left, int bottom, int right) {
        return BorderFactory.createEmptyBorder(
                UIScale.scale(top), UIScale.scale(left), UIScale.scale(bottom), UIScale.scale(right));
    }

    /** Components side by side, from the left. */
    static JPanel row(int gap, Component... components) {
        JPanel row = new JPanel(new FlowLayout(FlowLayout.LEADING, 0, 0));
        row.setOpaque(false);
        for (Component each : components) {
            if (row.getComponentCount() > 0) {
                row.add(Box.createHorizontalStrut(UIScale.scale(gap)));
            }
            row.add(each);
        }
        return row;
    }

    static JPanel column(int gap, Component... components) {
        JPanel column = new JPanel(new Column(gap));
        column.setOpaque(false);
        for (Component each : components) {
            column.add(each);
        }
        return column;
    }

    /** One at the left that takes the room there is, one at the right. */
    static JPanel ends(Component left, Component right) {
        JPanel ends = new JPanel(new BorderLayout(UIScale.scale(16), 0));
        ends.setOpaque(false);
        ends.add(left, BorderLayout.CENTER);
        ends.add(right, BorderLayout.LINE_END);
        return ends;
    }

    /** A white area with round corners. */
    static JPanel card(int gap, Component... components) {
        JPanel card = new Round("card", "line");
        card.setLayout(new Column(gap));
        card.setBorder(room(18, 20, 18, 20));
        for (Component each : components) {
            card.add(each);
        }
        return card;
    }

    /** An area in a pale colour, for one thing that people should know. */
    static JPanel note(String colour, Component... components) {
        JPanel note = new Round(colour + "Pale", colour);
        note.setLayout(new Column(8));
        note.setBorder(room(12, 16, 12, 16));
        for (Component each : components) {
            note.add(each);
        }
        return note;
    }

    /** A view that scrolls down when it does not fit, and never sideways. */
    static JScrollPane scrolling(JComponent content) {
        JScrollPane pane = new JScrollPane(
                new Tracking(content),
                ScrollPaneConstants.VERTICAL_SCROLLBAR_AS_NEEDED,
                ScrollPaneConstants.HORIZONTAL_SCROLLBAR_NEVER);
        pane.setBorder(BorderFactory.createEmptyBorder());
        pane.getVerticalScrollBar().setUnitIncrement(UIScale.scale(STEP));
        pane.setFocusable(false);
        return pane;
    }

    private static final class Tracking extends JPanel implements Scrollable {
        Tracking(JComponent content) {
            super(new Column(0));
            add(content);
        }

        @Override
        public Dimension getPreferredScrollableViewportSize() {
            return getPreferredSize();
        }

        @Override
        public int getScrollableUnitIncrement(Rectangle visible, int orientation, int direction) {
            return UIScale.scale(STEP);
        }

        @Override
        public int getScrollableBlockIncrement(Rectangle visible, int orientation, int direction) {
            return visible.height;
        }

        @Override
        public boolean getScrollableTracksViewportWidth() {
            return true;
        }

        /** What is left below is background. */
        @Override
        public boolean getScrollableTracksViewportHeight() {
            return getParent() instanceof JViewport viewport && viewport.getHeight() > getPreferredSize().height;
        }
    }

    private static final class Round extends JPanel {
        private final String fill;
        private final String edge;

        Round(String fill, String edge) {
            this.fill = fill;
            this.edge = edge;
            setOpaque(false);
        }

        @Override
        protected void paintComponent(Graphics graphics) {
            Graphics2D pen = (Graphics2D) graphics.create();
            pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            float arc = UIScale.scale((float) CARD_ARC);
            RoundRectangle2D shape =
                    new RoundRectangle2D.Float(0.5f, 0.5f, getWidth() - 1f, getHeight() - 1f, arc, arc);
            pen.setColor(colour(fill));
            pen.fill(shape);
            pen.setColor(colour(edge));
            pen.draw(shape);
            pen.dispose();
        }

        private Color colour(String name) {
            Color colour = Theme.colour(name);
            return colour == null ? getBackground() : colour;
        }
    }
}
