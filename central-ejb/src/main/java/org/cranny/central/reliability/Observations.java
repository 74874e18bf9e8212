package org.cranny.central.reliability;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.cranny.protocol.heartbeat.Seen.Outcome;

/**
 * Gathers looks by the time at which they were made, until nobody adds to that time any more: a slot is ready when it
 * is over and nothing came in for a grace, which is as long as monitors take to report. Above {@link #MOST} looks the
 * oldest slot is ready at once. Thread-safe.
 */
final class Observations {
    /** Looks that are held at once; eight octets each. */
    static final int MOST = 4_000_000;

    private final long slotSeconds;
    private final TreeMap<Long, Slot> open = new TreeMap<>();
    private int count;

    Observations(long slotSeconds) {
        this.slotSeconds = slotSeconds;
    }

    long slotSeconds() {
        return slotSeconds;
    }

    /** @param second of the look */
    synchronized void add(long subject, long observer, Outcome outcome, long second, long now) {
        open.computeIfAbsent(second / slotSeconds, number -> new Slot(number * slotSeconds))
                .add(subject, observer, outcome, now);
        count++;
    }

    /** Takes out the slots that are ready, oldest first. */
    synchronized List<Slot> ready(long now, long graceSeconds) {
        List<Slot> ready = new ArrayList<>();
        for (Iterator<Slot> slots = open.values().iterator(); slots.hasNext(); ) {
            Slot slot = slots.next();
            boolean over = slot.start() + slotSeconds <= now && slot.touched() + graceSeconds <= now;
            if (over || count > MOST) {
                slots.remove();
                count -= slot.count();
                ready.add(slot);
            }
        }
        return ready;
    }
}
