package org.cranny.daemon.shelf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.cranny.daemon.capacity.Room;
import org.cranny.daemon.shelf.KilledShelf.Act;
import org.cranny.daemon.shelf.KilledShelf.Todo;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.kill.KilledJvm;
import org.cranny.protocol.kill.KilledJvm.Seen;
import org.cranny.protocol.kill.KilledJvm.Whole;
import org.cranny.protocol.kill.Kills;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A shelf whose process is killed with SIGKILL at its system calls: what it answered holds, what it was doing is done or
 * not, and nothing has a name and other octets.
 */
class KillsTest {
    private static final boolean LONG = Boolean.getBoolean("cranny.long");

    @TempDir
    private Path folder;

    /** Where an act may stop. */
    private enum Step {
        PART_WRITTEN,
        PART_FORCED,
        NAMED,
        NAME_FORCED,
        INTO_THE_TRASH_OR_BACK,
        DELETED,
        KEY_OF_THE_SOURCE;

        static Optional<Step> of(Seen seen) {
            String call = seen.point().call();
            String path = seen.path();
            if (path.contains("/shelf/incoming/")) {
                return Optional.of(
                        switch (call) {
                            case "fsync" -> PART_FORCED;
                            case "rename", "unlink" -> NAMED;
                            default -> PART_WRITTEN;
                        });
            }
            if (path.contains("/shelf/trash")) {
                return Optional.of(call.equals("unlink") ? DELETED : INTO_THE_TRASH_OR_BACK);
            }
            if (path.contains("/key")) {
                return Optional.of(KEY_OF_THE_SOURCE);
            }
            if (path.contains("/shelf/")) {
                return Optional.of(call.equals("rename") ? INTO_THE_TRASH_OR_BACK : NAME_FORCED);
            }
            return Optional.empty();
        }
    }

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

    private final Random random = new Random(Long.getLong("cranny.kills.seed", 1));
    private final Kills<Step> kills = new Kills<>(
            Step.class, Step::of, Integer.getInteger("cranny.kills", LONG ? 1_000 : 5), LONG ? 50 : 0, random);
    private final List<Where> known =
            new ArrayList<>(Collections.nCopies(KilledShelf.FRAGMENTS, new Where(false, false)));

    private Path answered;
    private long seed;

    @Test
    void whatWasAnsweredHoldsWhereverTheDaemonDies() throws Exception {
        assumeTrue(KilledJvm.isPossible(), "strace is missing or may not trace");
        folder = folder.toRealPath();
        Files.createDirectory(folder.resolve("jvm"));
        answered = Files.write(folder.resolve("answered"), new byte[Integer.BYTES]);
        Whole whole = jvm().live();
        follow();
        kills.learn(whole.points());
        while (!kills.enough()) {
            kills.count(jvm().dieAt(kills.aim()));
            follow();
        }
        System.out.println("a daemon: " + kills);
    }

    private KilledJvm jvm() throws IOException {
        seed = random.nextLong();
        Files.write(answered, new byte[Integer.BYTES]);
        return new KilledJvm(
                folder.resolve("jvm"),
                List.of(),
                KilledShelf.class,
                List.of(folder.resolve("shelf").toString(), Long.toString(seed), answered.toString()));
    }

    /** Does in mind what the process did, and compares. */
    private void follow() throws IOException {
        List<Todo> plan = KilledShelf.plan(seed);
        int done = ByteBuffer.wrap(Files.readAllBytes(answered)).getInt();
        List<Set<Where>> possible = new ArrayList<>();
        known.forEach(where -> possible.add(Set.of(where)));
        for (int at = 0; at < Math.min(done + 1, plan.size()); at++) {
            Act act = plan.get(at).act();
            int fragment = plan.get(at).fragment();
            Where before = known.get(fragment);
            possible.set(fragment, at < done ? Set.of(before.after(act)) : before.during(act));
            known.set(fragment, before.after(act));
        }
        Room room = KilledShelf.room();
        DiskShelf shelf = KilledShelf.open(folder.resolve("shelf"), room);
        long octets = 0;
        for (int fragment = 0; fragment < KilledShelf.FRAGMENTS; fragment++) {
            byte[] right = KilledShelf.octets(fragment);
            FragmentId id = FragmentHasher.of(right);
            boolean here = isHere(shelf, id);
            long trashed = shelf.trashedLength(KilledShelf.SOURCE, id);
            assertTrue(trashed == 0 || trashed == right.length);
            Where now = new Where(here, trashed > 0);
            int number = fragment;
            assertTrue(
                    possible.get(fragment).contains(now),
                    () -> "fragment " + number + " is " + now + ", not one of " + possible.get(number) + ", after "
                            + done + " acts of the plan of " + seed);
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
        try (Stream<Path> parts = Files.list(folder.resolve("shelf/incoming"))) {
            assertEquals(List.of(), parts.toList());
        }
    }
}
