package org.cranny.daemon.shelf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.cranny.daemon.identity.Caller;
import org.cranny.daemon.shelf.StoreOutcome.AlreadyHere;
import org.cranny.daemon.shelf.StoreOutcome.Refused;
import org.cranny.daemon.shelf.StoreOutcome.Stored;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.receipt.Kept;
import org.cranny.protocol.receipt.KeptList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every shelf must do, whatever it stands on. It has room for a megabyte at least. */
abstract class ShelfContract {
    private static final RealmId REALM = new RealmId("0123456789abcdef");

    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    static final Caller ALICE = caller(5);
    static final Caller BOB = caller(6);

    @TempDir
    Path folder;

    private Shelf shelf;

    /** Opens a shelf on a folder that may hold what an earlier one kept. */
    abstract Shelf open(Path folder) throws IOException;

    @BeforeEach
    void openShelf() throws IOException {
        shelf = open(folder);
    }

    @Test
    void whatIsInTheTrashIsSeenByNobodyAndComesBackWhole() throws IOException {
        byte[] octets = octets(1, 3_000);
        FragmentId id = FragmentHasher.of(octets);
        put(ALICE, octets);
        assertTrue(shelf.trash(ALICE.system(), id, NOW));
        assertTrue(shelf.trash(ALICE.system(), id, NOW.plusSeconds(9)));
        assertTrue(shelf.length(ALICE.system(), id).isEmpty());
        assertEquals(0, shelf.keptBytes(ALICE.system()));
        assertEquals(List.of(), shelf.list(ALICE.system(), null, 10).fragments());
        shelf = open(folder);
        assertTrue(shelf.untrash(ALICE.system(), id));
        assertTrue(shelf.untrash(ALICE.system(), id));
        assertArrayEquals(octets, read(ALICE, id));
        assertEquals(3_000, shelf.keptBytes(ALICE.system()));
    }

    @Test
    void deletesNothingButWhatWasInTheTrashForLongEnough() throws IOException {
        byte[] octets = octets(1, 3_000);
        FragmentId id = FragmentHasher.of(octets);
        put(ALICE, octets);
        assertEquals(Shelf.Deletion.NOT_IN_TRASH, shelf.delete(ALICE.system(), id, NOW));
        assertTrue(shelf.trash(ALICE.system(), id, NOW));
        assertTrue(shelf.trash(ALICE.system(), id, NOW.minusSeconds(1_000)));
        assertEquals(Shelf.Deletion.NOT_IN_TRASH, shelf.delete(BOB.system(), id, NOW));
        assertEquals(Shelf.Deletion.TOO_EARLY, shelf.delete(ALICE.system(), id, NOW.minusSeconds(1)));
        shelf = open(folder);
        assertEquals(Shelf.Deletion.TOO_EARLY, shelf.delete(ALICE.system(), id, NOW.minusSeconds(1)));
        assertEquals(Shelf.Deletion.DONE, shelf.delete(ALICE.system(), id, NOW));
        assertEquals(Shelf.Deletion.NOT_IN_TRASH, shelf.delete(ALICE.system(), id, NOW));
        assertEquals(false, shelf.untrash(ALICE.system(), id));
        assertEquals(false, shelf.trash(ALICE.system(), id, NOW));
    }

    @Test
    void sourcesOfTwoRealmsWithOneNumberNeverMeet() throws IOException {
        Caller namesake = new Caller(new SystemId(new RealmId("fedcba9876543210"), 5), ALICE.key());
        byte[] octets = octets(1, 3_000);
        FragmentId id = FragmentHasher.of(octets);
        put(ALICE, octets);
        assertTrue(shelf.length(namesake.system(), id).isEmpty());
        assertEquals(false, shelf.trash(namesake.system(), id, NOW));
        byte[] others = octets(2, 2_000);
        put(namesake, others);
        shelf = open(folder);
        assertEquals(3_000, shelf.keptBytes(ALICE.system()));
        assertEquals(2_000, shelf.keptBytes(namesake.system()));
        assertEquals(2_000, shelf.keptBytes(namesake.system().realm()));
        assertTrue(shelf.open(ALICE.system(), FragmentHasher.of(others)).isEmpty());
        assertTrue(shelf.trash(namesake.system(), FragmentHasher.of(others), NOW));
        shelf = open(folder);
        assertEquals(Shelf.Deletion.NOT_IN_TRASH, shelf.delete(ALICE.system(), FragmentHasher.of(others), NOW));
        assertEquals(Shelf.Deletion.DONE, shelf.delete(namesake.system(), FragmentHasher.of(others), NOW));
        assertArrayEquals(octets, read(ALICE, id));
    }

    @Test
    void givesBackWhatItTook() throws IOException {
        byte[] octets = octets(1, 300_000);
        assertInstanceOf(Stored.class, put(ALICE, octets));
        assertArrayEquals(octets, read(ALICE, FragmentHasher.of(octets)));
        assertEquals(
                300_000, shelf.length(ALICE.system(), FragmentHasher.of(octets)).orElseThrow());
    }

    @Test
    void takesAnEmptyFragment() throws IOException {
        assertInstanceOf(Stored.class, put(ALICE, new byte[0]));
        assertArrayEquals(new byte[0], read(ALICE, FragmentHasher.of(new byte[0])));
    }

    @Test
    void saysThatItIsHereTheSecondTime() throws IOException {
        byte[] octets = octets(1, 1_000);
        put(ALICE, octets);
        assertInstanceOf(AlreadyHere.class, put(ALICE, octets));
        assertEquals(1_000, shelf.keptBytes(ALICE.system()));
    }

    @Test
    void refusesOctetsThatHashToAnotherName() throws IOException {
        FragmentId other = FragmentHasher.of(octets(2, 1_000));
        Refused refused = assertInstanceOf(
                Refused.class, shelf.put(ALICE, other, 1_000, new ByteArrayInputStream(octets(1, 1_000))));
        assertEquals(ProblemKind.WRONG_HASH, refused.kind());
        assertTrue(shelf.open(ALICE.system(), other).isEmpty());
        assertEquals(0, shelf.keptBytes(ALICE.system()));
    }

    @Test
    void keepsNothingOfABodyThatEndsEarly() throws IOException {
        byte[] octets = octets(1, 1_000);
        FragmentId id = FragmentHasher.of(octets);
        InputStream half = new ByteArrayInputStream(octets, 0, 500);
        assertThrows(BrokenBodyException.class, () -> shelf.put(ALICE, id, 1_000, half));
        assertTrue(shelf.open(ALICE.system(), id).isEmpty());
        assertInstanceOf(Stored.class, put(ALICE, octets));
    }

    @Test
    void showsNobodyAnothersFragments() throws IOException {
        byte[] octets = octets(1, 1_000);
        put(ALICE, octets);
        assertTrue(shelf.open(BOB.system(), FragmentHasher.of(octets)).isEmpty());
        assertTrue(shelf.length(BOB.system(), FragmentHasher.of(octets)).isEmpty());
        assertEquals(List.of(), shelf.list(BOB.system(), null, 10).fragments());
        assertEquals(0, shelf.keptBytes(BOB.system()));
    }

    @Test
    void listsInTheOrderOfIdsPageByPage() throws IOException {
        TreeSet<String> expected = new TreeSet<>();
        for (int i = 0; i < 25; i++) {
            byte[] octets = octets(i, 100 + i);
            put(ALICE, octets);
            expected.add(FragmentHasher.of(octets).toString());
        }
        List<String> listed = new ArrayList<>();
        FragmentId after = null;
        int pages = 0;
        do {
            KeptList page = shelf.list(ALICE.system(), after, 10);
            page.fragments().stream().map(Kept::fragment).forEach(listed::add);
            after = page.next() == null ? null : FragmentId.of(page.next());
            pages++;
        } while (after != null);
        assertEquals(new ArrayList<>(expected), listed);
        assertEquals(3, pages);
    }

    @Test
    void endsTheListWhenThePageIsJustFull() throws IOException {
        put(ALICE, octets(1, 10));
        assertEquals(null, shelf.list(ALICE.system(), null, 1).next());
    }

    @Test
    void remembersEverythingWhenItIsOpenedAgain() throws IOException {
        byte[] octets = octets(1, 70_000);
        put(ALICE, octets);
        shelf = open(folder);
        assertArrayEquals(octets, read(ALICE, FragmentHasher.of(octets)));
        assertEquals(70_000, shelf.keptBytes(ALICE.system()));
    }

    Shelf shelf() {
        return shelf;
    }

    StoreOutcome put(Caller source, byte[] octets) throws IOException {
        return shelf.put(source, FragmentHasher.of(octets), octets.length, new ByteArrayInputStream(octets));
    }

    byte[] read(Caller source, FragmentId id) throws IOException {
        try (Fragment fragment = shelf.open(source.system(), id).orElseThrow()) {
            ByteBuffer all = ByteBuffer.allocate((int) fragment.length());
            while (all.hasRemaining()) {
                fragment.read(all, all.position());
            }
            assertEquals(id, fragment.hash().id());
            return all.array();
        }
    }

    static byte[] octets(long seed, int length) {
        byte[] octets = new byte[length];
        new Random(seed).nextBytes(octets);
        return octets;
    }

    private static Caller caller(long number) {
        try {
            return new Caller(
                    new SystemId(REALM, number),
                    KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic());
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
