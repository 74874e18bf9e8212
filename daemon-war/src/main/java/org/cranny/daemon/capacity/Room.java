package org.cranny.daemon.capacity;

import java.io.IOException;
import java.util.Optional;
import org.cranny.protocol.heartbeat.Capacity;

/**
 * Counts what is kept and hands out what is left, so that puts that run side by side never exceed the quota or eat
 * into what the owner keeps free. The file system is measured at each reservation. The owner may lend less than is kept
 * already: then nothing is taken, and what is too much is told.
 *
 * <p>Invariant: kept + reserved is at most the quota whenever a reservation is given.
 */
public final class Room {
    private final Volume volume;
    private Lending lending;
    private Lending own;
    private long keptBytes;
    private long fragments;
    private long reservedBytes;
    private boolean shut;

    public Room(Lending own, Volume volume) {
        this(own, own, volume);
    }

    /** @param lending what counts @param own what was said at the machine alone, never less */
    public Room(Lending lending, Lending own, Volume volume) {
        this.lending = lending;
        this.own = own;
        this.volume = volume;
    }

    /** Room for one fragment, held until it is closed; {@link #keep} turns it into kept octets. */
    public final class Reservation implements AutoCloseable {
        private final long bytes;
        private boolean open = true;

        private Reservation(long bytes) {
            this.bytes = bytes;
        }

        public void keep() {
            synchronized (Room.this) {
                keptBytes += bytes;
                fragments++;
                close();
            }
        }

        @Override
        public void close() {
            synchronized (Room.this) {
                if (open) {
                    open = false;
                    reservedBytes -= bytes;
                }
            }
        }
    }

    /** Empty when so many octets do not fit. */
    public synchronized Optional<Reservation> reserve(long bytes) throws IOException {
        if (shut || bytes > available(volume.totalBytes(), volume.freeBytes()) - reservedBytes) {
            return Optional.empty();
        }
        reservedBytes += bytes;
        return Optional.of(new Reservation(bytes));
    }

    /** Counts what was found at boot. */
    public synchronized void found(long bytes) {
        keptBytes += bytes;
        fragments++;
    }

    /** Counts a fragment that went away. */
    public synchronized void lost(long bytes) {
        keptBytes -= bytes;
        fragments--;
    }

    /** From now on so much is lent. @param ownNow what was said at the machine alone */
    public synchronized void lend(Lending now, Lending ownNow) {
        lending = now;
        own = ownNow;
    }

    /** What is kept beyond what is lent now, in octets; 0 when nothing is. */
    public synchronized long overBytes() throws IOException {
        return Math.max(0, keptBytes - lending.quota(volume.totalBytes()));
    }

    /** The same by what was said at the machine alone. */
    public synchronized long overOwnBytes() throws IOException {
        return Math.max(0, keptBytes - own.quota(volume.totalBytes()));
    }

    /** What is kept now, the trash too, in octets. */
    public synchronized long keptBytes() {
        return keptBytes;
    }

    /** The most that would be kept by what was said at the machine alone, in octets. */
    public synchronized long ownQuotaBytes() throws IOException {
        return own.quota(volume.totalBytes());
    }

    /** Lends nothing more until the daemon starts again. */
    public synchronized void shut() {
        shut = true;
    }

    /** Whether nothing is lent until the daemon starts again. */
    public synchronized boolean isShut() {
        return shut;
    }

    /** What stays free for the owner now, in octets. */
    public synchronized long keepFreeBytes() throws IOException {
        return lending.keepFree(volume.totalBytes());
    }

    public synchronized Capacity capacity() throws IOException {
        long total = volume.totalBytes();
        long free = volume.freeBytes();
        return new Capacity(total, free, lending.quota(total), keptBytes, shut ? 0 : available(total, free), fragments);
    }

    private long available(long total, long free) {
        return Math.max(0, Math.min(lending.quota(total) - keptBytes, free - lending.keepFree(total)));
    }
}
