package org.cranny.client.window;

import com.formdev.flatlaf.FlatClientProperties;
import com.formdev.flatlaf.util.UIScale;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.event.KeyEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import javax.swing.ButtonGroup;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JToggleButton;
import javax.swing.KeyStroke;
import javax.swing.SwingConstants;

/** The column at the left: the views by name, and light or dark. Alt and a letter goes to a view, arrows to the next. */
final class Navigation extends JPanel {
    private static final int WIDTH = 190;
    private static final String TAB = "arc: 16; borderWidth: 0; focusWidth: 0; innerFocusWidth: 1;"
            + " background: $Cranny.card; foreground: $Cranny.soft; hoverBackground: $Cranny.ground;"
            + " selectedBackground: $Cranny.accentPale; selectedForeground: $Cranny.accent; margin: 8,12,8,12";

    private final List<JToggleButton> tabs = new ArrayList<>();
    private JButton theme;

    /** @param turn from light to dark and back */
    Navigation(Collection<String> views, Consumer<String> go, Runnable turn) {
        super(new BorderLayout());
        setName("navigation");
        putClientProperty(FlatClientProperties.STYLE, "background: $Cranny.card");
        setBorder(Pieces.room(22, 12, 14, 12));
        JLabel brand = new JLabel("cranny");
        brand.putClientProperty(FlatClientProperties.STYLE, "font: bold +4 $defaultFont; foreground: $Cranny.accent");
        brand.setBorder(Pieces.room(0, 12, 14, 0));
        JPanel column = Pieces.column(4, brand);
        ButtonGroup group = new ButtonGroup();
        for (String view : views) {
            JToggleButton tab = tab(view, go);
            group.add(tab);
            tabs.add(tab);
            column.add(tab);
        }
        tabs.get(0).setSelected(true);
        theme = Pieces.button("nav.theme", "", turn);
        theme.putClientProperty(FlatClientProperties.STYLE, TAB.replaceAll("selected[A-Za-z]+: [^;]+; ?", ""));
        theme.setHorizontalAlignment(SwingConstants.LEADING);
        label();
        add(column, BorderLayout.PAGE_START);
        add(theme, BorderLayout.PAGE_END);
    }

    private JToggleButton tab(String view, Consumer<String> go) {
        JToggleButton tab = Pieces.label(new JToggleButton(), "nav." + view, Words.say("nav." + view));
        tab.setHorizontalAlignment(SwingConstants.LEADING);
        tab.putClientProperty(FlatClientProperties.STYLE, TAB);
        tab.addActionListener(event -> go.accept(view));
        on(tab, KeyEvent.VK_DOWN, 1);
        on(tab, KeyEvent.VK_UP, -1);
        return tab;
    }

    private void on(JToggleButton tab, int key, int step) {
        tab.registerKeyboardAction(
                event -> {
                    int to = Math.floorMod(tabs.indexOf(tab) + step, tabs.size());
                    tabs.get(to).requestFocusInWindow();
                },
                KeyStroke.getKeyStroke(key, 0),
                JComponent.WHEN_FOCUSED);
    }

    @Override
    public void updateUI() {
        super.updateUI();
        if (theme != null) {
            label();
        }
    }

    private void label() {
        Pieces.label(theme, "nav.theme", Words.say(Theme.worn() == Theme.DARK ? "nav.light" : "nav.dark"));
    }

    void here(String view) {
        tabs.stream().filter(tab -> tab.getName().equals("nav." + view)).forEach(tab -> tab.setSelected(true));
    }

    @Override
    public Dimension getPreferredSize() {
        return new Dimension(UIScale.scale(WIDTH), super.getPreferredSize().height);
    }
}
