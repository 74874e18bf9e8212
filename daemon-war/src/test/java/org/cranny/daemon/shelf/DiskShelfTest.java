package org.cranny.daemon.shelf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.cranny.daemon.capacity.FakeVolume;
import org.cranny.daemon.capacity.Lending;
import org.cranny.daemon.capacity.Room;
import org.cranny.daemon.shelf.StoreOutcome.AlreadyHere;
import org.cranny.daemon.shelf.StoreOutcome.Refused;
import org.cranny.daemon.shelf.StoreOutcome.Stored;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract on a real folder, and what a disk that fails does to it. */
class DiskShelfTest extends ShelfContract {
    private final FaultyDisk disk = new FaultyDisk();
    private final FakeVolume volume = new FakeVolume(1 << 24, 1 << 23);
    private Room room;

    @Override
    Shelf open(Path folder) throws IOException {
        room = new Room(new Lending(1 << 22, 0, 0), volume);
        return new DiskShelf(
                disk,
                new Places(
                        ALICE.system().realm(),
                        folder.resolve("fragments"),
                        folder.resolve("incoming"),
                        folder.resolve("damaged"),
                        folder.resolve("trash")),
                room);
    }

    @Test
    void answersOnlyAfterOctetsThenNameAreForced() throws IOException {
        byte[] octets = octets(1, 1_000);
        String id = FragmentHasher.of(octets).toString();
        disk.acts.clear();
        put(ALICE, octets);
        List<String> order = disk.acts.stream()
                .filter(act -> act.startsWith("force") || act.startsWith("move"))
                .map(act -> act.replaceAll("[0-9a-f-]{36}\\.part", "part"))
                .toList();
        assertEquals(List.of("force part", "move " + id.substring(2), "forceFolder " + id.substring(0, 2)), order);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stamp", "forceFile", "move", "forceFolder", "folder"})
    void aTripToTheTrashThatBreaksOffLosesNothingAndCanBeMadeAgain(String act) throws IOException {
        byte[] octets = octets(1, 1_000);
        FragmentId id = FragmentHasher.of(octets);
        Instant now = Instant.ofEpochSecond(1_700_000_000);
        Shelf first = open(folder);
        first.put(ALICE, id, 1_000, new ByteArrayInputStream(octets));
        disk.failNext(act, "Input/output error");
        assertThrows(IOException.class, () -> first.trash(ALICE.system(), id, now));
        Shelf second = open(folder);
        assertTrue(second.trash(ALICE.system(), id, now));
        assertEquals(Shelf.Deletion.TOO_EARLY, second.delete(ALICE.system(), id, now.minusSeconds(1)));
        assertEquals(1_000, room.capacity().keptBytes());
        disk.failNext("delete", "Input/output error");
        assertThrows(IOException.class, () -> second.delete(ALICE.system(), id, now));
        assertEquals(1_000, room.capacity().keptBytes());
        assertEquals(Shelf.Deletion.DONE, second.delete(ALICE.system(), id, now));
        assertEquals(0, room.capacity().keptBytes());
    }

    @Test
    void forcesAgainWhatAnEarlierPutMayNotHaveForced() throws IOException {
        byte[] octets = octets(1, 1_000);
        put(ALICE, octets);
        disk.acts.clear();
        assertInstanceOf(AlreadyHere.class, put(ALICE, octets));
        assertEquals(
                2, disk.acts.stream().filter(act -> act.startsWith("force")).count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"write", "force", "move", "forceFolder"})
    void takesNothingMoreAfterTheDiskFailed(String act) throws IOException {
        disk.failNext(act, "Input/output error");
        assertEquals(ProblemKind.READ_ONLY, refused(octets(1, 1_000)));
        assertEquals(ProblemKind.READ_ONLY, refused(octets(2, 1_000)));
        assertEquals(0, room.capacity().availableBytes());
        assertNothingIncoming();
    }

    @Test
    void neverForcesAgainWhatCouldNotBeForced() throws IOException {
        disk.acts.clear();
        disk.failNext("force", "Input/output error");
        refused(octets(1, 1_000));
        assertEquals(
                1, disk.acts.stream().filter(act -> act.startsWith("force ")).count());
        assertTrue(disk.acts.stream().noneMatch(act -> act.startsWith("move")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"forceFile", "forceFolder"})
    void neverSaysThatATripIsOnTheDiskAfterItsForceFailed(String act) throws IOException {
        byte[] octets = octets(1, 1_000);
        FragmentId id = FragmentHasher.of(octets);
        put(ALICE, octets);
        Instant now = Instant.ofEpochSecond(1_700_000_000);
        disk.failNext(act, "Input/output error");
        assertThrows(IOException.class, () -> shelf().trash(ALICE.system(), id, now));
        for (Executable trip : List.<Executable>of(
                () -> shelf().trash(ALICE.system(), id, now),
                () -> shelf().untrash(ALICE.system(), id),
                () -> shelf().delete(ALICE.system(), id, now))) {
            assertEquals(
                    "READ_ONLY",
                    assertThrows(ProblemException.class, trip).problem().kind());
        }
        assertEquals(ProblemKind.READ_ONLY, refused(octets(2, 1_000)));
        assertFalse(disk.wasForcedAgain());
    }

    @Test
    void goesOnServingWhatItHasAfterTheDiskFailed() throws IOException {
        byte[] octets = octets(1, 1_000);
        put(ALICE, octets);
        disk.failNext("force", "Input/output error");
        refused(octets(2, 1_000));
        assertArrayEquals(octets, read(ALICE, FragmentHasher.of(octets)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "write", "force", "move"})
    void refusesWithoutATraceWhenTheDiskIsFull(String act) throws IOException {
        byte[] octets = octets(1, 1_000);
        disk.failNext(act, "No space left on device");
        assertEquals(ProblemKind.HOST_FULL, refused(octets));
        assertTrue(shelf().open(ALICE.system(), FragmentHasher.of(octets)).isEmpty());
        assertNothingIncoming();
        assertInstanceOf(Stored.class, put(ALICE, octets));
    }

    @Test
    void refusesWhatDoesNotFitTheQuota() throws IOException {
        put(ALICE, octets(1, 4_000_000));
        assertEquals(ProblemKind.HOST_FULL, refused(octets(2, 500_000)));
        assertInstanceOf(Stored.class, put(ALICE, octets(3, 100_000)));
    }

    @Test
    void countsWhatItKeepsAgainWhenItIsOpenedAgain() throws IOException {
        put(ALICE, octets(1, 1_000));
        put(BOB, octets(2, 2_000));
        open(folder);
        assertEquals(3_000, room.capacity().keptBytes());
        assertEquals(2, room.capacity().fragments());
    }

    @Test
    void replacesAFragmentThatTheDiskDamaged() throws IOException {
        byte[] octets = octets(1, 1_000);
        put(ALICE, octets);
        Path file = fragmentFile(octets);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        byte[] damaged = octets.clone();
        damaged[500] ^= 1;
        Files.write(file, damaged);
        assertInstanceOf(Stored.class, put(ALICE, octets));
        assertArrayEquals(octets, read(ALICE, FragmentHasher.of(octets)));
        assertEquals(1_000, shelf().keptBytes(ALICE.system()));
        try (Stream<Path> aside = Files.list(folder.resolve("damaged"))) {
            assertEquals(1, aside.count());
        }
    }

    @Test
    void sweepsPartsAtBoot() throws IOException {
        Files.write(folder.resolve("incoming/left-behind.part"), new byte[100]);
        open(folder);
        assertNothingIncoming();
    }

    @Test
    void keepsOctetsReadOnlyAndTheSourcesKeyBesideThem() throws IOException {
        byte[] octets = octets(1, 1_000);
        put(ALICE, octets);
        assertEquals("r--------", PosixFilePermissions.toString(Files.getPosixFilePermissions(fragmentFile(octets))));
        assertArrayEquals(ALICE.key().getEncoded(), Files.readAllBytes(folder.resolve("fragments/5/key")));
    }

    private Path fragmentFile(byte[] octets) {
        String id = FragmentHasher.of(octets).toString();
        return folder.resolve("fragments/5").resolve(id.substring(0, 2)).resolve(id.substring(2));
    }

    private ProblemKind refused(byte[] octets) throws IOException {
        return assertInstanceOf(Refused.class, put(ALICE, octets)).kind();
    }

    private void assertNothingIncoming() throws IOException {
        try (Stream<Path> parts = Files.list(folder.resolve("incoming"))) {
            assertEquals(0, parts.count());
        }
    }
}
