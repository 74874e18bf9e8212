package org.cranny.client.window;

import com.formdev.flatlaf.FlatClientProperties;
import com.formdev.flatlaf.util.UIScale;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.util.List;
import javax.swing.JLabel;
import javax.swing.JPanel;

/** Short facts below each other: what, and how it is. */
final class Facts extends JPanel {
    /** @param name what it is about */
    record Fact(String name, String value) {}

    private List<Fact> shown = List.of();

    Facts() {
        super(new GridBagLayout());
        setOpaque(false);
    }

    void show(List<Fact> facts) {
        if (facts.equals(shown)) {
            return;
        }
        shown = facts;
        removeAll();
        GridBagConstraints place = new GridBagConstraints();
        place.anchor = GridBagConstraints.LINE_START;
        place.insets = new Insets(UIScale.scale(3), 0, UIScale.scale(3), UIScale.scale(10));
        for (Fact fact : facts) {
            place.gridx = 0;
            place.weightx = 0;
            JLabel name = new JLabel(fact.name());
            name.putClientProperty(FlatClientProperties.STYLE, "foreground: $Cranny.soft");
            add(name, place);
            place.gridx = 1;
            place.weightx = 1;
            JLabel value = new JLabel(fact.value());
            name.setLabelFor(value);
            add(value, place);
        }
        revalidate();
        repaint();
    }
}
