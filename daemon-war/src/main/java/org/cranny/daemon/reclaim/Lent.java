package org.cranny.daemon.reclaim;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import org.cranny.daemon.capacity.Lending;
import org.cranny.daemon.capacity.Room;
import org.cranny.daemon.identity.Home;
import org.cranny.daemon.identity.Settings;

/**
 * Follows what the owner writes into {@code daemon.properties} while the daemon runs, and writes down what is lent and
 * kept for whoever asks on this machine ({@link Space}). What cannot be read changes nothing and is told once.
 */
public final class Lent {
    private static final Logger LOG = System.getLogger(Lent.class.getName());

    private final Home home;
    private final Room room;
    private byte[] seen;
    private Space written;
    private long over;

    public Lent(Home home, Room room) throws IOException {
        this.home = home;
        this.room = room;
        this.seen = Files.readAllBytes(home.settings());
        this.over = room.overBytes();
    }

    /**
     * Takes what changed.
     *
     * @return whether central should hear of it now: more or less is lent, or some of what the owner wants back is gone
     */
    public synchronized boolean look() throws IOException {
        boolean news = changed();
        Space now = Space.of(room.capacity(), room.overBytes());
        if (!now.equals(written)) {
            Home.replace(home.state(Space.FILE), now.text().getBytes(StandardCharsets.UTF_8));
            written = now;
        }
        news |= now.overBytes() != over;
        over = now.overBytes();
        return news;
    }

    private boolean changed() throws IOException {
        byte[] settings = Files.readAllBytes(home.settings());
        if (Arrays.equals(settings, seen)) {
            return false;
        }
        seen = settings;
        try {
            Settings wished = Settings.load(home);
            room.lend(Lending.parse(wished.quota(), wished.keepFree()));
            LOG.log(Level.INFO, "lends {0}, keeps {1} free", wished.quota(), wished.keepFree());
            return true;
        } catch (IOException | IllegalArgumentException e) {
            LOG.log(Level.WARNING, "daemon.properties is not followed: {0}", e.getMessage());
            return false;
        }
    }
}
