package org.cranny.client.window;

import java.awt.BorderLayout;
import javax.swing.JPanel;
import javax.swing.JTextArea;

/** One clear line about what went wrong, as the command line says it; takes no room while nothing did. */
final class Trouble extends JPanel {
    private final JTextArea line;

    Trouble(String name) {
        super(new BorderLayout());
        setOpaque(false);
        line = Pieces.prose("");
        line.setName(name);
        line.setFocusable(true);
        add(Pieces.note("bad", line));
        setVisible(false);
    }

    void say(String text) {
        Pieces.say(line, text);
        setVisible(true);
        revalidate();
    }

    void clear() {
        setVisible(false);
        Pieces.say(line, "");
    }
}
