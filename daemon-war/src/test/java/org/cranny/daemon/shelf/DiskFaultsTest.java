package org.cranny.daemon.shelf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.cranny.daemon.identity.Caller;
import org.cranny.daemon.shelf.KilledShelf.Act;
import org.cranny.daemon.shelf.KilledShelf.Todo;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.kill.VolatileDisk;
import org.cranny.protocol.kill.VolatileDisk.Fault;
import org.cranny.protocol.kill.VolatileDisk.FileSystemLostException;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A shelf on a disk that answers with EIO, or is full: nothing partial is seen, and what was answered holds. On a disk that
 * fails now and then ext4 itself loses what it said was forced, or cannot be mounted any more: that is noticed.
 */
class DiskFaultsTest {
    private static final boolean LONG = Boolean.getBoolean("cranny.long");
    private static final int FAULTS = Integer.getInteger("cranny.faults", LONG ? 200 : 5);
    private static final int ENOUGH = 20;
    private static final int ALL = 100;
    private static final long DISK = 16 << 20;

    /** Has room for two plans. */
    private static final long LARGER_DISK = 64 << 20;

    /** About as many as the acts of a plan take. */
    private static final int ACTS_ON_THE_DISK = 150;

    private static final List<Integer> PERCENT = List.of(ALL, 30, 5);
    private static final int MOST_LEFT = 200_000;

    private final long seed = Long.getLong("cranny.faults.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Map<ProblemKind, Integer> refusals = new EnumMap<>(ProblemKind.class);
    private Caller caller;
    private int answers;
    private int unmountable;
    private int harmed;

    @TempDir
    private Path folder;

    @Test
    void aDiskThatFailsIsNotForcedAgainAndNothingAnsweredIsLost() throws Exception {
        assumeTrue(FAULTS >= ENOUGH, "of a few disks ext4 may lose most");
        prepare();
        int noticed = 0;
        for (int number = 0; number < FAULTS; number++) {
            Path place = Files.createDirectory(folder.resolve("fault" + number));
            Fault fault = new Fault(random.nextBoolean(), PERCENT.get(random.nextInt(PERCENT.size())));
            try (VolatileDisk disk = VolatileDisk.make(place, DISK, fault)) {
                noticed += workOnAFailing(disk, fault) ? 1 : 0;
            }
            Files.delete(place.resolve("image"));
        }
        System.out.printf(
                "disks of a daemon that fail: %d, %d of them noticed; ext4 could not be mounted again on %d, and gave back"
                        + " on %d what it had not taken, which was set aside; on the others %d acts were answered,"
                        + " none lost; refused: %s%n",
                FAULTS, noticed, unmountable, harmed, answers, refusals);
        assertTrue(noticed > FAULTS / 3, "faults are not noticed; seed " + seed);
        assertTrue(unmountable + harmed <= FAULTS / 3, "hardly a disk came back; seed " + seed);
    }

    /** @return whether the shelf took nothing more in afterwards */
    private boolean workOnAFailing(VolatileDisk disk, Fault fault) throws Exception {
        Path shelf = disk.root().resolve("shelf");
        long plan = random.nextLong();
        FaultyDisk watched = new FaultyDisk();
        Work work = new Work(KilledShelf.open(watched, shelf, KilledShelf.room()), plan);
        watched.before(watched.acts.size() + 1 + random.nextInt(ACTS_ON_THE_DISK), disk::breakDown);
        while (work.goesOn()) {
            if (!work.act()) {
                work.looksAtAll();
            }
        }
        assertFalse(watched.wasForcedAgain(), () -> "forced after a failed force; " + fault + ", seed " + seed);
        assertEquals(0, work.refused(ProblemKind.HOST_FULL), () -> "it is not full; " + fault + ", seed " + seed);
        disk.mend();
        try {
            disk.cut();
        } catch (FileSystemLostException e) {
            unmountable++;
            return work.readOnly;
        }
        if (setsAside(shelf) || work.sawWhatIsWrong) {
            assertTrue(fault.percent() < ALL, () -> "a disk that is gone changes nothing; " + fault + ", seed " + seed);
            harmed++;
            return work.readOnly;
        }
        new ShelfInMind(shelf).follow(plan, work.answered, work.begun);
        answers += work.answered.cardinality();
        return work.readOnly;
    }

    /** Whether a fragment is not what its name says; whoever looks at it notices. */
    private static boolean setsAside(Path folder) throws IOException {
        Shelf shelf = KilledShelf.open(Disk.real(), folder, KilledShelf.room());
        boolean any = false;
        for (int fragment = 0; fragment < KilledShelf.FRAGMENTS; fragment++) {
            FragmentId id = FragmentHasher.of(KilledShelf.octets(fragment));
            if (isWrong(shelf, id)) {
                assertTrue(shelf.setAside(KilledShelf.SOURCE, id));
                any = true;
            }
        }
        return any;
    }

    private static boolean isWrong(Shelf shelf, FragmentId id) throws IOException {
        try (Fragment here = shelf.open(KilledShelf.SOURCE, id).orElse(null)) {
            return here != null && !here.hash().id().equals(id);
        }
    }

    @Test
    void aFullDiskRefusesWithoutATraceAndTakesInAgainWhenThereIsRoom() throws Exception {
        prepare();
        for (int number = 0; number < FAULTS; number++) {
            Path place = Files.createDirectory(folder.resolve("disk" + number));
            try (VolatileDisk disk = VolatileDisk.make(place, LARGER_DISK)) {
                workOnAFull(disk);
            }
            Files.delete(place.resolve("image"));
        }
        System.out.printf(
                "full disks of a daemon: %d; %d acts answered, none lost; refused: %s%n", FAULTS, answers, refusals);
        assertTrue(refusals.getOrDefault(ProblemKind.HOST_FULL, 0) > FAULTS / 2, "the disk was not full; seed " + seed);
    }

    private void workOnAFull(VolatileDisk disk) throws Exception {
        Path shelf = disk.root().resolve("shelf");
        ShelfInMind mind = new ShelfInMind(shelf);
        Path others = disk.root().resolve("others");
        long plan = random.nextLong();
        Work work = new Work(KilledShelf.open(Disk.real(), shelf, KilledShelf.room()), plan);
        fill(others);
        while (work.goesOn()) {
            if (!work.act()) {
                work.looksAtAll();
            }
            assertEquals(0, shelf.resolve("incoming").toFile().list().length);
        }
        assertFalse(work.sawWhatIsWrong, () -> "a full disk shows what was not put there; seed " + seed);
        assertFalse(work.readOnly, () -> "a full disk is none that failed; seed " + seed);
        Files.delete(others);
        disk.sync();
        if (random.nextInt(4) == 0) {
            disk.cut();
        }
        mind.follow(plan, work.answered, work.begun);
        answers += work.answered.cardinality();
        takeIn(mind, shelf);
    }

    private void prepare() throws Exception {
        folder = folder.toRealPath();
        assumeTrue(
                VolatileDisk.isPossible(Files.createDirectory(folder.resolve("try"))),
                "nbdkit, nbdfuse or a loop device is missing, or may not be used");
        caller = KilledShelf.caller();
        System.out.println("faults of a daemon's disk: seed " + seed);
    }

    /** Somebody else takes the room, but for a few packs. */
    private void fill(Path others) throws IOException {
        long room = Files.getFileStore(others.getParent()).getUsableSpace() - random.nextInt(MOST_LEFT);
        try {
            Files.write(others, new byte[(int) Math.max(0, room)]);
        } catch (IOException e) {
            assertTrue(Full.is(e), e::toString);
        }
    }

    private void takeIn(ShelfInMind mind, Path shelf) throws IOException {
        long plan = random.nextLong();
        Work work = new Work(KilledShelf.open(Disk.real(), shelf, KilledShelf.room()), plan);
        while (work.goesOn()) {
            work.act();
        }
        assertEquals(
                work.begun,
                work.answered.cardinality(),
                () -> "there is room again, and yet " + work.refused + "; seed " + seed);
        mind.follow(plan, work.answered, work.begun);
    }

    /** A plan that is gone through, whatever the disk says. */
    private final class Work {
        private final Shelf shelf;
        private final List<Todo> plan;
        private final BitSet answered = new BitSet();
        private final Map<ProblemKind, Integer> refused = new EnumMap<>(ProblemKind.class);
        private int begun;
        private boolean readOnly;
        private boolean sawWhatIsWrong;

        Work(Shelf shelf, long plan) {
            this.shelf = shelf;
            this.plan = KilledShelf.plan(plan);
        }

        boolean goesOn() {
            return begun < plan.size();
        }

        int refused(ProblemKind kind) {
            return refused.getOrDefault(kind, 0);
        }

        /** @return whether it was answered */
        boolean act() {
            Todo todo = plan.get(begun++);
            try {
                Optional<StoreOutcome.Refused> outcome = KilledShelf.act(shelf, caller, todo);
                if (outcome.isPresent()) {
                    refuse(outcome.get().kind());
                } else {
                    assertFalse(
                            readOnly && todo.act() == Act.PUT, () -> "it takes in after the disk failed; seed " + seed);
                    answered.set(begun - 1);
                }
            } catch (ProblemException e) {
                assertEquals("READ_ONLY", e.problem().kind());
                refuse(ProblemKind.READ_ONLY);
            } catch (IOException e) {
                assertFalse(readOnly, () -> "it goes on after the disk failed, with " + e + "; seed " + seed);
                assertFalse(Full.is(e) && todo.act() == Act.DELETE, () -> "nothing can be deleted: " + e);
            }
            return answered.get(begun - 1);
        }

        private void refuse(ProblemKind kind) {
            assertTrue(
                    kind == ProblemKind.READ_ONLY || kind == ProblemKind.HOST_FULL && !readOnly,
                    () -> "refused as " + kind + "; seed " + seed);
            readOnly |= kind == ProblemKind.READ_ONLY;
            refused.merge(kind, 1, Integer::sum);
            refusals.merge(kind, 1, Integer::sum);
        }

        /** Whoever asks sees a fragment whole, or not at all; a failing disk may say that it cannot be read. */
        void looksAtAll() {
            for (int fragment = 0; fragment < KilledShelf.FRAGMENTS; fragment++) {
                byte[] right = KilledShelf.octets(fragment);
                FragmentId id = FragmentHasher.of(right);
                try {
                    OptionalLong length = shelf.length(KilledShelf.SOURCE, id);
                    assertTrue(length.isEmpty() || length.getAsLong() == right.length);
                    sawWhatIsWrong |= isWrong(shelf, id);
                } catch (IOException cannotBeRead) {
                    continue;
                }
            }
        }
    }
}
