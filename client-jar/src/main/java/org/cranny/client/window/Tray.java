package org.cranny.client.window;

import java.awt.AWTException;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.MenuItem;
import java.awt.PopupMenu;
import java.awt.RenderingHints;
import java.awt.SystemTray;
import java.awt.TrayIcon;
import java.awt.image.BufferedImage;
import java.util.Optional;

/** The icon among those of the desktop: how the backups are, and what an owner wants most. */
final class Tray implements AutoCloseable {
    private final TrayIcon icon;
    private final MenuItem pause;
    private Health.Sign shown;
    private boolean paused;

    /** What its menu does, on the event thread. */
    interface Menu {
        void open();

        void backUp();

        void pause();

        void goOn();

        void quit();
    }

    private Tray(Menu menu) {
        PopupMenu popup = new PopupMenu();
        popup.add(item("tray.open", menu::open));
        popup.add(item("tray.backup", menu::backUp));
        pause = item("tray.pause", () -> {
            if (paused) {
                menu.goOn();
            } else {
                menu.pause();
            }
        });
        popup.add(pause);
        popup.addSeparator();
        popup.add(item("tray.quit", menu::quit));
        icon = new TrayIcon(Emblem.images().get(1), Words.say("window.title"), popup);
        icon.setImageAutoSize(true);
        icon.addActionListener(event -> menu.open());
    }

    /** Empty where the desktop has no place for it. */
    static Optional<Tray> on(Menu menu) {
        if (!SystemTray.isSupported()) {
            return Optional.empty();
        }
        Tray tray = new Tray(menu);
        try {
            SystemTray.getSystemTray().add(tray.icon);
            return Optional.of(tray);
        } catch (AWTException noPlaceForIt) {
            return Optional.empty();
        }
    }

    private static MenuItem item(String key, Runnable chosen) {
        MenuItem item = new MenuItem(Words.say(key));
        item.addActionListener(event -> chosen.run());
        return item;
    }

    void show(Health health, boolean isPaused) {
        icon.setToolTip(Words.say("window.title") + ": " + health.sentence());
        if (health.sign() != shown || isPaused != paused) {
            icon.setImage(
                    image(health.sign(), isPaused, SystemTray.getSystemTray().getTrayIconSize()));
        }
        shown = health.sign();
        paused = isPaused;
        pause.setLabel(Words.say(isPaused ? "tray.resume" : "tray.pause"));
    }

    /** The emblem, with the sign at its corner; grey while it is paused. */
    static Image image(Health.Sign sign, boolean paused, Dimension size) {
        int side = Math.max(16, Math.min(size.width, size.height));
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB);
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        pen.drawImage(Emblem.image(side, paused), 0, 0, null);
        if (sign == Health.Sign.LOOK || sign == Health.Sign.BAD) {
            int mark = side * 9 / 16;
            new SignIcon(sign, mark).paintIcon(null, pen, side - mark, side - mark);
        }
        pen.dispose();
        return image;
    }

    void tell(Notices.Notice notice) {
        icon.displayMessage(
                Words.say("window.title"),
                notice.text(),
                notice.serious() ? TrayIcon.MessageType.WARNING : TrayIcon.MessageType.INFO);
    }

    @Override
    public void close() {
        SystemTray.getSystemTray().remove(icon);
    }
}
