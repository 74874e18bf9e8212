package org.cranny.daemon.reclaim;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import org.cranny.daemon.capacity.Room;
import org.cranny.daemon.capacity.Volume;
import org.cranny.daemon.identity.Home;
import org.cranny.daemon.identity.Settings;
import org.cranny.protocol.heartbeat.LendingLimit;
import org.cranny.protocol.heartbeat.LendingTerms;

/**
 * Follows what the owner writes into {@code daemon.properties} while the daemon runs and what he asks for at central,
 * and writes down what is lent and kept for whoever asks on this machine ({@link Space}). What cannot be read changes
 * nothing and is told once. The lesser of the two counts: see {@link Limit}.
 */
public final class Lent {
    private static final Logger LOG = System.getLogger(Lent.class.getName());

    private final Home home;
    private final Room room;
    private byte[] seen;
    private Settings settings;
    private Limit limit;
    private boolean told;
    private Space written;
    private long over;

    public Lent(Home home, Room room) throws IOException {
        this.home = home;
        this.room = room;
        this.seen = Files.readAllBytes(home.settings());
        this.settings = Settings.load(home);
        this.limit = Limit.load(home);
        this.told = true;
        this.over = room.overBytes();
    }

    /** The room from the start. */
    public static Room begin(Home home, Settings settings) throws IOException {
        return new Room(Limit.load(home).on(settings), Limit.own(settings), Volume.of(home.folder()));
    }

    /**
     * Takes what changed.
     *
     * @return whether central should hear of it now: more or less is lent, or some of what the owner wants back is gone
     */
    public synchronized boolean look() throws IOException {
        boolean news = changed() || !told;
        told = true;
        Space now = Space.of(room.capacity(), room.overBytes());
        if (!now.equals(written)) {
            Home.replace(home.state(Space.FILE), now.text().getBytes(StandardCharsets.UTF_8));
            written = now;
        }
        news |= now.overBytes() != over;
        over = now.overBytes();
        return news;
    }

    /** Takes over what central says that the owner asked for there; what it said last holds. @param asked null changes nothing */
    public synchronized void limit(LendingLimit asked) throws IOException {
        if (asked == null || asked.equals(limit.asked())) {
            return;
        }
        Limit wished = new Limit(asked);
        if (wished.isNonsense()) {
            LOG.log(Level.WARNING, "central asks for a lending limit that is none: {0}", asked);
            return;
        }
        wished.store(home);
        limit = wished;
        room.lend(limit.on(settings), Limit.own(settings));
        told = false;
        LOG.log(Level.INFO, "its owner asked at central: {0}", asked);
    }

    /** On what terms is lent now. */
    public synchronized LendingTerms terms() throws IOException {
        return new LendingTerms(limit.asked().number(), room.ownQuotaBytes(), room.keepFreeBytes());
    }

    private boolean changed() throws IOException {
        byte[] now = Files.readAllBytes(home.settings());
        if (Arrays.equals(now, seen)) {
            return false;
        }
        seen = now;
        try {
            Settings wished = Settings.load(home);
            room.lend(limit.on(wished), Limit.own(wished));
            settings = wished;
            LOG.log(Level.INFO, "lends {0}, keeps {1} free", wished.quota(), wished.keepFree());
            return true;
        } catch (IOException | IllegalArgumentException e) {
            LOG.log(Level.WARNING, "daemon.properties is not followed: {0}", e.getMessage());
            return false;
        }
    }
}
