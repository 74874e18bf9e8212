package org.cranny.daemon.shelf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.cranny.daemon.capacity.Room;
import org.cranny.daemon.shelf.KilledShelf.Act;
import org.cranny.daemon.shelf.KilledShelf.Todo;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;

/** What a {@link KilledShelf} must have kept, whatever ended it. */
final class ShelfInMind {
    /** Where the copies of a fragment are. */
    private record Where(boolean shelf, boolean trash) {
        Where after(Act act) {
            return switch (act) {
                case PUT -> new Where(true, trash);
                case TRASH -> shelf ? new Where(false, true) : this;
                case UNTRASH -> shelf ? this : new Where(trash, false);
                case DELETE -> new Where(shelf, false);
            };
        }

        /** Before, after, and where a copy in the trash made way for a newer one. */
        Set<Where> during(Act act) {
            Set<Where> all = new HashSet<>(List.of(this, after(act)));
            if (act == Act.TRASH && shelf) {
                all.add(new Where(true, false));
            }
            return all;
        }
    }

    private final List<Where> known =
            new ArrayList<>(Collections.nCopies(KilledShelf.FRAGMENTS, new Where(false, false)));

    private final Path shelf;

    ShelfInMind(Path shelf) {
        this.shelf = shelf;
    }

    /**
     * Does in mind what the process did, and compares.
     *
     * @param done how many acts of the plan were answered
     */
    void follow(long seed, int done) throws IOException {
        BitSet answered = new BitSet();
        answered.set(0, done);
        follow(seed, answered, Math.min(done + 1, KilledShelf.plan(seed).size()));
    }

    /**
     * As {@link #follow(long, int)}, where acts after one that was not answered were answered again.
     *
     * @param answered the numbers of acts of the plan that were
     * @param begun how many acts were begun
     */
    void follow(long seed, BitSet answered, int begun) throws IOException {
        List<Todo> plan = KilledShelf.plan(seed);
        List<Set<Where>> possible = new ArrayList<>();
        known.forEach(where -> possible.add(Set.of(where)));
        for (int at = 0; at < begun; at++) {
            Act act = plan.get(at).act();
            boolean done = answered.get(at);
            Set<Where> after = new HashSet<>();
            for (Where before : possible.get(plan.get(at).fragment())) {
                after.addAll(done ? Set.of(before.after(act)) : before.during(act));
            }
            possible.set(plan.get(at).fragment(), after);
        }
        Room room = KilledShelf.room();
        DiskShelf opened = KilledShelf.open(Disk.real(), shelf, room);
        long octets = 0;
        for (int fragment = 0; fragment < KilledShelf.FRAGMENTS; fragment++) {
            byte[] right = KilledShelf.octets(fragment);
            FragmentId id = FragmentHasher.of(right);
            boolean here = isHere(opened, id);
            long trashed = opened.trashedLength(KilledShelf.SOURCE, id);
            assertTrue(trashed == 0 || trashed == right.length);
            Where now = new Where(here, trashed > 0);
            int number = fragment;
            assertTrue(
                    possible.get(fragment).contains(now),
                    () -> "fragment " + number + " is " + now + ", not one of " + possible.get(number) + ", after "
                            + answered + " of " + begun + " acts of the plan of " + seed);
            known.set(fragment, now);
            octets += (here ? right.length : 0) + trashed;
        }
        assertEquals(octets, room.capacity().keptBytes());
        assertIncomingIsEmpty();
    }

    private static boolean isHere(Shelf shelf, FragmentId id) throws IOException {
        try (Fragment fragment = shelf.open(KilledShelf.SOURCE, id).orElse(null)) {
            if (fragment != null) {
                assertEquals(id, fragment.hash().id());
            }
            return fragment != null;
        }
    }

    private void assertIncomingIsEmpty() throws IOException {
        try (Stream<Path> parts = Files.list(shelf.resolve("incoming"))) {
            assertEquals(List.of(), parts.toList());
        }
    }
}
