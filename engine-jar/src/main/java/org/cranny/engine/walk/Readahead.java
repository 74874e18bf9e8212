package org.cranny.engine.walk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.cranny.engine.posix.PathBytes;

/**
 * Lists directories before they are asked for, always the ones that a depth-first reader needs next.
 *
 * <ul>
 *   <li>Paths are ordered as the reader meets them: by component, parents before children.
 *   <li>What is held ready weighs at most {@link #MOST_HELD}; beyond that the workers wait.
 *   <li>What the reader has passed by is dropped.
 *   <li>A reader who asks for something not begun lists it himself, so nobody waits for a stalled worker.
 * </ul>
 */
final class Readahead {
    /** Counted in entries, each listing as {@link #LISTING_WEIGHT} more. */
    static final int MOST_HELD = 32_768;

    private static final int LISTING_WEIGHT = 64;
    private static final int MOST_WANTED = 65_536;
    private static final Comparator<byte[]> AS_READ = Readahead::compareAsRead;

    private final Function<byte[], Listing> lister;
    private final Descent descent;
    private final NavigableSet<byte[]> wanted = new TreeSet<>(AS_READ);
    private final NavigableMap<byte[], Ahead> begun = new TreeMap<>(AS_READ);
    private final List<Thread> workers = new ArrayList<>();
    private int held;
    private boolean closed;

    private static final class Ahead {
        final byte[] path;
        final CompletableFuture<Listing> listing = new CompletableFuture<>();
        int weight = LISTING_WEIGHT;

        Ahead(byte[] path) {
            this.path = path;
        }
    }

    Readahead(Function<byte[], Listing> lister, Descent descent) {
        this.lister = lister;
        this.descent = descent;
    }

    void start(int threads) {
        for (int i = 0; i < threads; i++) {
            Thread worker = new Thread(this::work, "walk-" + i);
            worker.setDaemon(true);
            workers.add(worker);
            worker.start();
        }
    }

    /** The listing of this directory, from what is ready, or made now by the calling thread. */
    Listing take(byte[] path) {
        Ahead ahead = claim(path);
        if (ahead != null) {
            return ahead.listing.join();
        }
        Listing listing = lister.apply(path);
        want(listing);
        return listing;
    }

    private synchronized Ahead claim(byte[] path) {
        wanted.headSet(path, true).clear();
        Iterator<Ahead> passed = begun.headMap(path, false).values().iterator();
        while (passed.hasNext()) {
            held -= passed.next().weight;
            passed.remove();
        }
        Ahead ahead = begun.remove(path);
        if (ahead != null) {
            held -= ahead.weight;
        }
        notifyAll();
        return ahead;
    }

    private void work() {
        try {
            for (Ahead ahead = next(); ahead != null; ahead = next()) {
                list(ahead);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Ahead next() throws InterruptedException {
        while (!closed && (wanted.isEmpty() || held >= MOST_HELD)) {
            wait();
        }
        if (closed) {
            return null;
        }
        Ahead ahead = new Ahead(wanted.pollFirst());
        begun.put(ahead.path, ahead);
        held += ahead.weight;
        return ahead;
    }

    private void list(Ahead ahead) {
        try {
            Listing listing = lister.apply(ahead.path);
            weigh(ahead, listing.found().size());
            want(listing);
            ahead.listing.complete(listing);
        } catch (RuntimeException | Error bug) {
            ahead.listing.completeExceptionally(bug);
            throw bug;
        }
    }

    private synchronized void weigh(Ahead ahead, int entries) {
        if (begun.get(ahead.path) == ahead) {
            ahead.weight += entries;
            held += entries;
        }
    }

    private synchronized void want(Listing listing) {
        for (Found found : listing.found()) {
            if (found.stat().isDirectory() && descent.into(listing.path(), found)) {
                wanted.add(PathBytes.join(listing.path(), found.name()));
            }
        }
        while (wanted.size() > MOST_WANTED) {
            wanted.pollLast();
        }
        notifyAll();
    }

    /** Returns when no worker lists any more; false when interrupted before that. */
    boolean close() {
        stop();
        try {
            for (Thread worker : workers) {
                worker.join();
            }
            return true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized void stop() {
        closed = true;
        wanted.clear();
        notifyAll();
    }

    /** A slash comes before every other octet, so that a directory's children follow it at once. */
    private static int compareAsRead(byte[] a, byte[] b) {
        int at = Arrays.mismatch(a, b);
        if (at < 0 || at == a.length || at == b.length) {
            return a.length - b.length;
        }
        return rank(a[at]) - rank(b[at]);
    }

    private static int rank(byte octet) {
        return octet == '/' ? 0 : octet & 0xff;
    }
}
