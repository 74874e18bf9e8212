package org.cranny.central.escrow;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cranny.engine.keys.KeyShare;

/** Shares that officers brought for one purpose, and then the rings that they opened; in memory only, for an hour. */
final class Gathering {
    private static final Duration LIFE = Duration.ofHours(1);

    private final SortedMap<Integer, KeyShare> shares = new TreeMap<>();
    private final Instant ends;
    private OpenedRings opened;

    Gathering(Instant now) {
        ends = now.plus(LIFE);
    }

    /** The same share again changes nothing. */
    void add(KeyShare share) {
        KeyShare before = shares.putIfAbsent(share.number(), share);
        if (before != null) {
            share.destroy();
        }
    }

    Collection<KeyShare> shares() {
        return shares.values();
    }

    boolean has(int number) {
        return shares.containsKey(number);
    }

    int size() {
        return shares.size();
    }

    /** Shares of a split that holds no more; what they opened stays open until its hour is over. */
    void dropShares() {
        shares.values().forEach(KeyShare::destroy);
        shares.clear();
    }

    /** The shares have done their work. */
    void open(OpenedRings rings) {
        shares.values().forEach(KeyShare::destroy);
        opened = rings;
    }

    /** Null while there are too few shares. */
    OpenedRings opened() {
        return opened;
    }

    boolean isOver(Instant now) {
        return !now.isBefore(ends);
    }

    void destroy() {
        shares.values().forEach(KeyShare::destroy);
        shares.clear();
        if (opened != null) {
            opened.destroy();
        }
    }
}
