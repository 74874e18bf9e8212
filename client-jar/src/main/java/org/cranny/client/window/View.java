package org.cranny.client.window;

import java.awt.BorderLayout;
import java.util.Optional;
import javax.swing.JPanel;
import org.cranny.client.status.Keeping;
import org.cranny.client.status.Standing;

/** One of the window's views. Used on the event thread alone. */
abstract class View extends JPanel {
    View(String name) {
        super(new BorderLayout());
        setName(name);
        setBorder(Pieces.room(26, 28, 20, 28));
    }

    /** Shows how things stand. @param keeping empty while it is not known */
    abstract void show(Standing standing, Optional<Keeping> keeping);

    /** It came into sight. */
    void entered() {
        // Most views are always up to date.
    }
}
