package org.cranny.daemon.scrub;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import org.cranny.daemon.capacity.Room;
import org.cranny.daemon.identity.Home;
import org.cranny.daemon.shelf.Fragment;
import org.cranny.daemon.shelf.Shelf;
import org.cranny.daemon.shelf.Shelf.Item;
import org.cranny.daemon.status.Counters;
import org.cranny.daemon.status.Counters.Counter;

/**
 * Reads all fragments again and again and compares them with their ids, so that damage is found while other copies are
 * good.
 *
 * <ul>
 *   <li>A round is planned in half of the time within which every octet is to be read: whatever comes, goes or is moved
 *       meanwhile, between two readings of a fragment lie two rounds at most.
 *   <li>It reads as much as is due by the time of the round that is over, {@value #MOST_BYTES_PER_SECOND} octets a second at
 *       most. While others are served, and on a battery, it waits, unless it is half a round behind.
 *   <li>What is wrong is read twice, then moved aside and told to central. It lies aside for {@link #ASIDE} and is never
 *       served.
 *   <li>How far it is is on the disk after every few seconds of reading.
 * </ul>
 */
public final class Scrub {
    private static final Logger LOG = System.getLogger(Scrub.class.getName());

    static final long MOST_BYTES_PER_SECOND = 16 << 20;

    /** How long what was found wrong is kept for those who want to look into it, or to bring back a part of it. */
    static final Duration ASIDE = Duration.ofDays(14);

    private static final int MOST_ASIDE = 256;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
    private static final Duration AT_ONCE = Duration.ofSeconds(4);

    private final Home home;
    private final Shelf shelf;
    private final Room room;
    private final Counters counters;
    private final Damages damages;
    private final Duration round;
    private final Clock clock;
    private final BooleanSupplier onBattery;
    private final LongConsumer rest;
    private Round progress;
    private long served;

    /** @param within which every octet is read */
    public Scrub(Home home, Shelf shelf, Room room, Counters counters, Damages damages, Duration within, Clock clock)
            throws IOException {
        this(home, shelf, room, counters, damages, within, clock, Power::isBattery, LockSupport::parkNanos);
    }

    Scrub(
            Home home,
            Shelf shelf,
            Room room,
            Counters counters,
            Damages damages,
            Duration within,
            Clock clock,
            BooleanSupplier onBattery,
            LongConsumer rest)
            throws IOException {
        this.home = home;
        this.shelf = shelf;
        this.room = room;
        this.counters = counters;
        this.damages = damages;
        this.round = within.dividedBy(2);
        this.clock = clock;
        this.onBattery = onBattery;
        this.rest = rest;
        this.progress = Round.load(home, clock.instant());
        this.served = served();
    }

    /** When a round was at its end last, epoch second; 0 when none was. */
    public synchronized long ended() {
        return progress.ended() == null ? 0 : progress.ended().getEpochSecond();
    }

    /** Reads what is due, for some seconds at most. @return how long to wait before the next look */
    public synchronized Duration look() throws IOException {
        Round before = progress;
        Instant began = clock.instant();
        if (began.isBefore(before.began().minus(round))) {
            progress = Round.first(began);
        }
        Duration pause = pause(began);
        if (!pause.isZero() || givesWay() || damages.isFull()) {
            return pause.isZero() ? LONGEST_PAUSE : pause;
        }
        while (pause.isZero() && clock.instant().isBefore(began.plus(AT_ONCE))) {
            Optional<Item> next = shelf.next(progress.last());
            if (next.isPresent()) {
                read(next.get());
            } else {
                end();
            }
            pause = pause(clock.instant());
        }
        if (!progress.equals(before)) {
            progress.store(home);
        }
        return pause.isZero() ? SHORTEST_PAUSE : pause;
    }

    /** How long nothing is due; no longer than until something may have changed. */
    private Duration pause(Instant now) {
        Duration into = Duration.between(progress.began(), now);
        Duration due = into;
        long kept = Math.max(1, room.keptBytes());
        if (progress.bytes() > 0) {
            due = into.minus(Duration.ofMillis((long) (round.toMillis() * ((double) progress.bytes() / kept))));
        }
        if (!due.isNegative() || progress.bytes() >= kept) {
            return Duration.ZERO;
        }
        Duration wait = due.negated();
        return wait.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wait;
    }

    private boolean givesWay() {
        long before = served;
        served = served();
        boolean busy = served != before || onBattery.getAsBoolean();
        Duration into = Duration.between(progress.began(), clock.instant());
        double due = (double) into.toMillis() / Math.max(1, round.toMillis());
        double done = (double) progress.bytes() / Math.max(1, room.keptBytes());
        return busy && due - done < 0.5;
    }

    private long served() {
        var all = counters.all();
        return all.get(Counter.GET_BYTES.wireName()) + all.get(Counter.PUT_BYTES.wireName());
    }

    private void read(Item item) throws IOException {
        Optional<Fragment> open = shelf.open(item.source(), item.id());
        if (open.isEmpty()) {
            progress = progress.read(item, 0, true);
            return;
        }
        try (Fragment fragment = open.get()) {
            boolean right = isRight(item, fragment) || !damages.move(item.source(), item.id());
            if (!right) {
                counters.add(Counter.DAMAGED, 1);
            }
            progress = progress.read(item, fragment.length(), right);
        }
    }

    private boolean isRight(Item item, Fragment fragment) {
        try {
            return fragment.hash(slowly()).id().equals(item.id());
        } catch (IOException e) {
            LOG.log(Level.WARNING, "fragment {0} of {1} cannot be read: {2}", item.id(), item.source(), e);
            return false;
        }
    }

    private IntConsumer slowly() {
        return octets -> {
            counters.add(Counter.SCRUB_BYTES, octets);
            rest.accept(TimeUnit.SECONDS.toNanos(octets) / MOST_BYTES_PER_SECOND);
        };
    }

    private void end() throws IOException {
        Instant now = clock.instant();
        Instant planned = progress.began().plus(round);
        if (progress.wrong() > 0) {
            LOG.log(
                    Level.WARNING,
                    "all that is kept was read again: {0} fragments were wrong and are moved aside",
                    progress.wrong());
        }
        progress = progress.next(now, planned.isAfter(now) ? planned : now);
        shelf.clearAside(now.minus(ASIDE), MOST_ASIDE);
    }
}
