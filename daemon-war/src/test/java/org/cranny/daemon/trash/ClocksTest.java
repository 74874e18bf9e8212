package org.cranny.daemon.trash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cranny.daemon.SettableClock;
import org.cranny.daemon.capacity.FakeVolume;
import org.cranny.daemon.capacity.Lending;
import org.cranny.daemon.capacity.Room;
import org.cranny.daemon.grant.Grants;
import org.cranny.daemon.grant.SpentGrants;
import org.cranny.daemon.identity.Home;
import org.cranny.daemon.identity.Identity;
import org.cranny.daemon.identity.Issuers;
import org.cranny.daemon.identity.Realm;
import org.cranny.daemon.identity.TestRealm;
import org.cranny.daemon.identity.TestRealm.Member;
import org.cranny.daemon.shelf.DiskShelf;
import org.cranny.daemon.shelf.Shelf;
import org.cranny.protocol.custody.TrashAnswer;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.grant.Act;
import org.cranny.protocol.grant.Grant;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.signing.PublicKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock of a host jumps and comes back: a grant of the right time is what tells it that its clock is wrong. */
class ClocksTest {
    private static final int LENGTH = 1_000;
    private static final Lending ALL = new Lending(1 << 20, 0, 0);
    private static final Lending NOTHING = new Lending(0, 0, 0);
    private static final Duration TIME = Duration.ofDays(14);
    private static final Duration DAY = Duration.ofDays(1);
    private static final TestRealm REALM = new TestRealm();
    private static final Member HOST = REALM.member(7);
    private static final Member CENTRAL = REALM.member(1);
    private static final Member SOURCE = REALM.member(9);

    @TempDir
    Path folder;

    private final Room room = new Room(ALL, new FakeVolume(1 << 24, 1 << 23));
    private final List<FragmentId> kept = new ArrayList<>();
    private final Instant right = Instant.now();
    private final SettableClock clock = new SettableClock(right);
    private Grants grants;
    private Trash trash;
    private int serial;

    @BeforeEach
    void putFourFragmentsIntoTheTrash() throws Exception {
        Home home = REALM.home(folder, HOST, TestRealm.settings("https://127.0.0.1:1", "https://127.0.0.1:2"));
        Identity identity = Identity.load(home);
        grants = new Grants(Issuers.load(home, new Realm(home, identity), identity), identity, clock);
        Shelf shelf = DiskShelf.open(home, HOST.id().realm(), room);
        for (int i = 0; i < 4; i++) {
            byte[] octets = "x".repeat(LENGTH - 1).concat(String.valueOf(i)).getBytes(StandardCharsets.US_ASCII);
            FragmentId id = FragmentHasher.of(octets);
            shelf.put(SOURCE.caller(), id, LENGTH, new ByteArrayInputStream(octets));
            kept.add(id);
        }
        trash = new Trash(home, shelf, new SpentGrants(home, clock), room, TIME, clock);
        assertEquals(4, act(Act.TRASH, right).done().size());
    }

    /** Shows a grant that central gave at this time. */
    private TrashAnswer act(Act act, Instant given) throws Exception {
        byte[] number = new byte[Grant.SERIAL_OCTETS];
        number[0] = (byte) ++serial;
        byte[] holder = PublicKeys.fingerprint(CENTRAL.caller().key());
        Grant grant =
                new Grant(act, HOST.id(), holder, SOURCE.id(), given, given.plus(Grant.LONGEST), LENGTH, number, kept);
        return trash.act(
                grants.check(CENTRAL.caller(), act, grant.sign(REALM.grantKey()).text()), kept);
    }

    @ParameterizedTest
    @ValueSource(longs = {-3, -1, 1, 13, 15, 400})
    void aHostWhoseClockIsWrongDeletesNothingForACentralWhoseClockIsRight(long days) throws Exception {
        clock.now = right.plus(Duration.ofDays(days));
        assertThrows(ProblemException.class, () -> act(Act.DELETE, right));
        assertThrows(ProblemException.class, () -> act(Act.TRASH, right));
        assertEquals(4 * LENGTH, room.keptBytes());
    }

    @ParameterizedTest
    @ValueSource(longs = {-3, -1, 1, 13, 15, 400})
    void aCentralWhoseClockIsWrongHasNothingDeletedByAHostWhoseClockIsRight(long days) throws Exception {
        assertThrows(ProblemException.class, () -> act(Act.DELETE, right.plus(Duration.ofDays(days))));
        assertEquals(4 * LENGTH, room.keptBytes());
    }

    @ParameterizedTest
    @ValueSource(longs = {-3, 400})
    void whenTheClockCameBackTheTimeOfTheTrashIsWhatItWas(long days) throws Exception {
        clock.now = right.plus(Duration.ofDays(days));
        assertThrows(ProblemException.class, () -> act(Act.DELETE, right));
        clock.now = right.plus(TIME).minusSeconds(1);
        assertEquals(4, act(Act.DELETE, clock.now).early().size());
        clock.now = right.plus(TIME);
        assertEquals(4, act(Act.DELETE, clock.now).done().size());
    }

    @Test
    void aDayOfEarlyDeletionsThatBeganAheadIsOverADayAfterTheClockCameBack() throws Exception {
        room.lend(NOTHING, ALL);
        clock.now = right.plus(Duration.ofDays(10));
        assertEquals(1, act(Act.DELETE, clock.now).done().size());
        clock.now = right.plusSeconds(60);
        assertEquals(0, act(Act.DELETE, clock.now).done().size(), "coming back brings no share of its own");
        clock.now = clock.now.plus(DAY);
        assertEquals(1, act(Act.DELETE, clock.now).done().size());
    }
}
