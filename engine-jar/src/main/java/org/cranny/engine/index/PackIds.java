package org.cranny.engine.index;

import java.util.Arrays;
import org.cranny.protocol.fragment.FragmentId;

/** Pack ids by ordinal and back, in about 45 octets a pack. Not thread-safe. */
final class PackIds {
    static final int NONE = -1;

    private byte[] ids = new byte[64 * FragmentId.OCTETS];
    private int[] slots = fresh(256);
    private int count;

    int count() {
        return count;
    }

    /** Gives the next ordinal to an id; a later ordinal of the same id hides an earlier one. */
    int add(FragmentId id) {
        if ((count + 1) * FragmentId.OCTETS > ids.length) {
            ids = Arrays.copyOf(ids, 2 * ids.length);
        }
        if (2 * count >= slots.length) {
            grow();
        }
        byte[] octets = id.bytes();
        System.arraycopy(octets, 0, ids, count * FragmentId.OCTETS, FragmentId.OCTETS);
        slots[slotOf(octets, 0)] = count;
        return count++;
    }

    FragmentId id(int ordinal) {
        int from = ordinal * FragmentId.OCTETS;
        return FragmentId.of(Arrays.copyOfRange(ids, from, from + FragmentId.OCTETS));
    }

    /** The newest ordinal of the id, or {@link #NONE}. */
    int ordinal(FragmentId id) {
        return slots[slotOf(id.bytes(), 0)];
    }

    private void grow() {
        slots = fresh(2 * slots.length);
        for (int ordinal = 0; ordinal < count; ordinal++) {
            slots[slotOf(ids, ordinal * FragmentId.OCTETS)] = ordinal;
        }
    }

    /** The slot that holds this id, or the empty one where it belongs. */
    private int slotOf(byte[] from, int at) {
        int slot = (from[at] & 0xFF | from[at + 1] << 8 | from[at + 2] << 16 | from[at + 3] << 24) & slots.length - 1;
        while (slots[slot] != NONE && !same(from, at, slots[slot] * FragmentId.OCTETS)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private boolean same(byte[] from, int at, int mine) {
        return Arrays.equals(from, at, at + FragmentId.OCTETS, ids, mine, mine + FragmentId.OCTETS);
    }

    private static int[] fresh(int length) {
        int[] slots = new int[length];
        Arrays.fill(slots, NONE);
        return slots;
    }
}
