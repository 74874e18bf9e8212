package org.cranny.client.window;

import java.awt.BorderLayout;
import javax.swing.JPanel;
import javax.swing.JTextArea;

/** One line above everything: another version is installed than the one that runs. */
final class Outdated extends JPanel {
    private final JTextArea words = Pieces.prose("");

    /** @param again starts the other one in place of this */
    Outdated(Runnable again) {
        super(new BorderLayout());
        setOpaque(false);
        setBorder(Pieces.room(12, 24, 0, 24));
        words.setName("outdated");
        add(Pieces.card(0, Pieces.ends(words, Pieces.button("outdated.again", Words.say("button.again"), again))));
        setVisible(false);
    }

    void say(String line) {
        Pieces.say(words, line);
        setVisible(true);
    }
}
