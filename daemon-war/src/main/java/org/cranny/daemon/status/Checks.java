package org.cranny.daemon.status;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.cranny.daemon.capacity.Room;
import org.cranny.daemon.identity.Home;
import org.cranny.daemon.identity.Identity;

/**
 * Checks how this daemon is.
 *
 * <ul>
 *   <li>Live: nothing that only another start would mend; after a failed fsync nothing is taken until then.
 *   <li>Ready: the store can be written to, and the own certificate is valid now.
 *   <li>Everybody on this machine may ask as often as he likes: it is looked once in five seconds at most.
 * </ul>
 */
public final class Checks {
    private static final Logger LOG = System.getLogger(Checks.class.getName());
    private static final Duration KEPT = Duration.ofSeconds(5);
    private static final String UP = "UP";
    private static final String DOWN = "DOWN";

    /** What was found, in the form of MicroProfile Health. @param status {@code UP} when all checks are */
    public record Health(String status, List<Check> checks) {
        static Health of(Check... checks) {
            List<Check> all = List.of(checks);
            return new Health(all.stream().allMatch(check -> check.status().equals(UP)) ? UP : DOWN, all);
        }

        public boolean up() {
            return status.equals(UP);
        }
    }

    /** @param status {@code UP} or {@code DOWN} */
    public record Check(String name, String status) {
        static Check of(String name, boolean up) {
            return new Check(name, up ? UP : DOWN);
        }
    }

    private final Home home;
    private final Identity identity;
    private final Room room;
    private final Clock clock;
    private Health ready;
    private Instant looked = Instant.EPOCH;

    public Checks(Home home, Identity identity, Room room, Clock clock) {
        this.home = home;
        this.identity = identity;
        this.room = room;
        this.clock = clock;
    }

    /** Whether the daemon need not be started again. */
    public Health live() {
        return Health.of(Check.of("disk", !room.isShut()));
    }

    /** Whether the daemon can do its work. */
    public synchronized Health ready() {
        Instant now = clock.instant();
        if (ready == null || now.isBefore(looked) || !now.isBefore(looked.plus(KEPT))) {
            ready = Health.of(
                    Check.of("store", !room.isShut() && writable()), Check.of("certificate", identity.validAt(now)));
            looked = now;
        }
        return ready;
    }

    private boolean writable() {
        try {
            Home.makeFolder(home.incoming());
            Path trial = home.incoming().resolve("ready.part");
            Files.write(trial, new byte[1]);
            Files.delete(trial);
            return true;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the store cannot be written to: {0}", e.toString());
            return false;
        }
    }
}
