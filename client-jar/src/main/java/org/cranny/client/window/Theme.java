package org.cranny.client.window;

import com.formdev.flatlaf.FlatDarkLaf;
import com.formdev.flatlaf.FlatLaf;
import com.formdev.flatlaf.FlatLightLaf;
import java.awt.Color;
import java.awt.Toolkit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.swing.UIManager;
import org.cranny.client.home.DurableFiles;
import org.cranny.client.home.Home;

/** Light or dark, in the colours of central's pages. */
enum Theme {
    LIGHT,
    DARK;

    /** Letters are smooth also where no desktop says how. */
    private static final String SMOOTH = "awt.useSystemAAFontSettings";

    private static final long PATIENCE_MILLIS = 500;
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

    /** What the desktop is set to, as far as it can be known; light when it does not say. Not for the event thread. */
    static Theme ofDesktop() {
        Object gtk = Toolkit.getDefaultToolkit().getDesktopProperty("gnome.Net/ThemeName");
        String said = System.getenv().getOrDefault("GTK_THEME", "") + gtk + gnome();
        return said.toLowerCase(Locale.ROOT).contains("dark") ? DARK : LIGHT;
    }

    /** What GNOME and its like say; empty where there is none. */
    private static String gnome() {
        try {
            Process asked = new ProcessBuilder("gsettings", "get", "org.gnome.desktop.interface", "color-scheme")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!asked.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                asked.destroy();
                return "";
            }
            return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException noSuchProgram) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** The one that was switched to in this home's window; empty when none was. */
    static Optional<Theme> kept(Home home) {
        try {
            return Optional.of(valueOf(Files.readString(home.windowFile()).strip()));
        } catch (IOException | IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    boolean keep(Home home) throws IOException {
        DurableFiles.write(home.windowFile(), (name() + "\n").getBytes(StandardCharsets.US_ASCII));
        return true;
    }

    /** A colour by the name that the pages give it, for example {@code soft}. */
    static Color colour(String name) {
        return UIManager.getColor("Cranny." + name);
    }
}
