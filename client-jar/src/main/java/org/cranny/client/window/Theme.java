package org.cranny.client.window;

import com.formdev.flatlaf.FlatDarkLaf;
import com.formdev.flatlaf.FlatLaf;
import com.formdev.flatlaf.FlatLightLaf;
import java.awt.Color;
import java.awt.Toolkit;
import java.util.Locale;
import javax.swing.UIManager;

/** Light or dark, in the colours of central's pages. */
enum Theme {
    LIGHT,
    DARK;

    /** Letters are smooth also where no desktop says how. */
    private static final String SMOOTH = "awt.useSystemAAFontSettings";

    private static final String SOURCE = "org.cranny.client.window";

    /** For all windows of this process. On the event thread. */
    void wear() {
        if (System.getProperty(SMOOTH) == null) {
            System.setProperty(SMOOTH, "on");
        }
        FlatLaf.registerCustomDefaultsSource(SOURCE);
        if (this == DARK) {
            FlatDarkLaf.setup();
        } else {
            FlatLightLaf.setup();
        }
        FlatLaf.updateUI();
    }

    Theme other() {
        return this == DARK ? LIGHT : DARK;
    }

    static Theme worn() {
        return FlatLaf.isLafDark() ? DARK : LIGHT;
    }

    /** What the desktop is set to, as far as it says so to Java; light when it does not. */
    static Theme ofDesktop() {
        Object name = Toolkit.getDefaultToolkit().getDesktopProperty("gnome.Net/ThemeName");
        String gtk = System.getenv().getOrDefault("GTK_THEME", String.valueOf(name));
        return gtk.toLowerCase(Locale.ROOT).contains("dark") ? DARK : LIGHT;
    }

    /** A colour by the name that the pages give it, for example {@code soft}. */
    static Color colour(String name) {
        return UIManager.getColor("Cranny." + name);
    }
}
