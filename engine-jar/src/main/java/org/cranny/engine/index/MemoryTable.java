package org.cranny.engine.index;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.cranny.engine.chunking.ChunkId;

/**
 * The locations that came since the last run was written. A chunk may have several; the newest comes first. Not
 * thread-safe.
 */
final class MemoryTable {
    private static final int EMPTY = -1;

    private ChunkId[] ids = new ChunkId[1024];
    private int[] fields = new int[4 * ids.length];
    private int[] slots = freshSlots(2 * ids.length);
    private int count;

    int count() {
        return count;
    }

    void add(ChunkId id, Location location) {
        if (count == ids.length) {
            grow();
        }
        ids[count] = id;
        int at = 4 * count;
        fields[at] = location.pack();
        fields[at + 1] = location.segment();
        fields[at + 2] = location.offset();
        fields[at + 3] = location.length();
        occupy(count++);
    }

    Optional<Location> newest(ChunkId id, IntPredicate live) {
        int newest = EMPTY;
        for (int slot = slotOf(id); slots[slot] != EMPTY; slot = next(slot)) {
            int entry = slots[slot];
            if (entry > newest && ids[entry].equals(id) && live.test(fields[4 * entry])) {
                newest = entry;
            }
        }
        return newest == EMPTY ? Optional.empty() : Optional.of(location(newest));
    }

    /** The entries' numbers by id, and for equal ids the newest first. */
    int[] sorted() {
        return IntStream.range(0, count)
                .boxed()
                .sorted((left, right) -> {
                    int order = ids[left].compareTo(ids[right]);
                    return order != 0 ? order : Integer.compare(right, left);
                })
                .mapToInt(Integer::intValue)
                .toArray();
    }

    ChunkId id(int entry) {
        return ids[entry];
    }

    Location location(int entry) {
        int at = 4 * entry;
        return new Location(fields[at], fields[at + 1], fields[at + 2], fields[at + 3]);
    }

    void clear() {
        Arrays.fill(ids, 0, count, null);
        Arrays.fill(slots, EMPTY);
        count = 0;
    }

    private void grow() {
        ids = Arrays.copyOf(ids, 2 * ids.length);
        fields = Arrays.copyOf(fields, 2 * fields.length);
        slots = freshSlots(2 * slots.length);
        for (int entry = 0; entry < count; entry++) {
            occupy(entry);
        }
    }

    private void occupy(int entry) {
        int slot = slotOf(ids[entry]);
        while (slots[slot] != EMPTY) {
            slot = next(slot);
        }
        slots[slot] = entry;
    }

    private int slotOf(ChunkId id) {
        return (int) id.word(3) & (slots.length - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (slots.length - 1);
    }

    private static int[] freshSlots(int length) {
        int[] fresh = new int[length];
        Arrays.fill(fresh, EMPTY);
        return fresh;
    }
}
