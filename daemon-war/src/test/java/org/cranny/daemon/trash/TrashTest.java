package org.cranny.daemon.trash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cranny.daemon.SettableClock;
import org.cranny.daemon.capacity.FakeVolume;
import org.cranny.daemon.capacity.Lending;
import org.cranny.daemon.capacity.Room;
import org.cranny.daemon.grant.SpentGrants;
import org.cranny.daemon.identity.Caller;
import org.cranny.daemon.identity.Home;
import org.cranny.daemon.shelf.DiskShelf;
import org.cranny.daemon.shelf.Shelf;
import org.cranny.protocol.custody.TrashAnswer;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.grant.Act;
import org.cranny.protocol.grant.Grant;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the trash stays there for its time, unless the owner wants his room back. */
class TrashTest {
    private static final int LENGTH = 1_000;
    private static final RealmId REALM = new RealmId("00112233aabbccdd");
    private static final SystemId SOURCE = new SystemId(REALM, 5);

    @TempDir
    Path folder;

    private static final Lending ALL = new Lending(1 << 20, 0, 0);
    private static final Duration DAY = Duration.ofDays(1);

    private final Room room = new Room(ALL, new FakeVolume(1 << 24, 1 << 23));
    private final List<FragmentId> kept = new ArrayList<>();
    private final SettableClock clock = new SettableClock(Instant.now());
    private Home home;
    private Shelf shelf;
    private Trash trash;
    private int serial;

    @BeforeEach
    void putThreeFragmentsIntoTheTrash() throws Exception {
        home = new Home(folder);
        shelf = DiskShelf.open(home, REALM, room);
        Caller source = new Caller(
                SOURCE, KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic());
        for (int i = 0; i < 3; i++) {
            byte[] octets = "x".repeat(LENGTH - 1).concat(String.valueOf(i)).getBytes(StandardCharsets.US_ASCII);
            FragmentId id = FragmentHasher.of(octets);
            shelf.put(source, id, LENGTH, new ByteArrayInputStream(octets));
            kept.add(id);
        }
        trash = trash(Duration.ofDays(14));
        assertEquals(3, trash.act(grant(Act.TRASH), kept).done().size());
    }

    private Trash trash(Duration time) throws IOException {
        return new Trash(home, shelf, new SpentGrants(home, clock), room, time, clock);
    }

    private Grant grant(Act act) {
        Instant now = clock.instant();
        byte[] number = new byte[Grant.SERIAL_OCTETS];
        number[0] = (byte) ++serial;
        return new Grant(
                act, new SystemId(REALM, 2), new byte[32], SOURCE, now, now.plusSeconds(60), LENGTH, number, kept);
    }

    @Test
    void nothingGoesBeforeItsTime() throws IOException {
        TrashAnswer answer = trash.act(grant(Act.DELETE), kept);
        assertEquals(List.of(), answer.done());
        assertEquals(3, answer.early().size());
        assertEquals(3 * LENGTH, room.capacity().keptBytes());
    }

    @Test
    void whatTheOwnerWantsBackGoesAtOnceAndNoMoreThanThat() throws IOException {
        Lending less = new Lending(LENGTH + LENGTH / 2, 0, 0);
        room.lend(less, less);
        TrashAnswer answer = trash.act(grant(Act.DELETE), kept);
        assertEquals(2, answer.done().size());
        assertEquals(1, answer.early().size());
        assertEquals(LENGTH, room.capacity().keptBytes());
    }

    @Test
    void aGrantToDeleteIsGoodOnceAlsoForAnOwnerWhoWantsRoom() throws IOException {
        room.lend(new Lending(0, 0, 0), new Lending(0, 0, 0));
        Grant grant = grant(Act.DELETE);
        trash.act(grant, kept.subList(0, 1));
        assertThrows(ProblemException.class, () -> trash.act(grant, kept.subList(1, 2)));
        assertEquals(2 * LENGTH, room.capacity().keptBytes());
    }

    @Test
    void whatCentralAloneAsksForGoesNoFasterThanTheTrashWouldLetGo() throws IOException {
        room.lend(new Lending(0, 0, 0), ALL);
        trash = trash(Duration.ofDays(3));
        assertEquals(1, trash.act(grant(Act.DELETE), kept).done().size());
        assertEquals(0, trash.act(grant(Act.DELETE), kept).done().size());
        trash = trash(Duration.ofDays(3));
        assertEquals(0, trash.act(grant(Act.DELETE), kept).done().size(), "a new start is no new day");
        clock.now = clock.now.plus(DAY).minusSeconds(1);
        assertEquals(0, trash.act(grant(Act.DELETE), kept).done().size());
        clock.now = clock.now.plusSeconds(1);
        assertEquals(1, trash.act(grant(Act.DELETE), kept).done().size());
        assertEquals(LENGTH, room.keptBytes());
    }

    @Test
    void theOwnersWordAtTheMachineNeedsNoDays() throws IOException {
        room.lend(new Lending(0, 0, 0), ALL);
        assertEquals(1, trash.act(grant(Act.DELETE), kept).done().size());
        room.lend(new Lending(0, 0, 0), new Lending(0, 0, 0));
        assertEquals(2, trash.act(grant(Act.DELETE), kept).done().size());
    }
}
