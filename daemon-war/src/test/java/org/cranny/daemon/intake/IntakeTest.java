package org.cranny.daemon.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.cranny.daemon.SettableClock;
import org.cranny.daemon.capacity.FakeVolume;
import org.cranny.daemon.capacity.Lending;
import org.cranny.daemon.capacity.Room;
import org.cranny.daemon.identity.Caller;
import org.cranny.daemon.identity.Home;
import org.cranny.daemon.identity.Identity;
import org.cranny.daemon.identity.Issuers;
import org.cranny.daemon.identity.Realm;
import org.cranny.daemon.identity.TestRealm;
import org.cranny.daemon.identity.TestRealm.Member;
import org.cranny.daemon.shelf.DiskShelf;
import org.cranny.daemon.shelf.Shelf;
import org.cranny.daemon.status.Counters;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.grant.Allotment;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.receipt.Receipt;
import org.cranny.protocol.signing.Signed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeTest {
    private static final TestRealm REALM = new TestRealm();
    private static final Member HOST = REALM.member(7);
    private static final Member SOURCE = REALM.member(9);

    private static final Takings.Kept NOTHING = new Takings.Kept(0, 0, Long.MAX_VALUE);

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2030-01-01T12:00:00Z"));
    private Home home;
    private Shelf shelf;
    private Counters counters;
    private Intake intake;

    @BeforeEach
    void open() throws IOException {
        clock.now = Instant.now();
        home = REALM.home(folder, HOST, TestRealm.settings("https://127.0.0.1:1", "https://127.0.0.1:2"));
        Identity identity = Identity.load(home);
        shelf = DiskShelf.open(
                home, REALM.id(), new Room(new Lending(1 << 24, 0, 0), new FakeVolume(1 << 26, 1 << 25)));
        counters = new Counters(home);
        Issuers issuers = Issuers.load(home, new Realm(home, identity), identity);
        intake = new Intake(shelf, issuers, identity, new Takings(home, REALM.id(), clock), counters, clock);
    }

    @Test
    void givesAReceiptThatTheHostSigned() throws IOException, MalformedException {
        byte[] octets = octets(1, 5_000);
        Intake.Taken taken = put(SOURCE.caller(), octets, allotment(1 << 20, 1 << 20));
        Receipt receipt = Receipt.open(taken.receipt(), HOST.keys().getPublic());
        assertEquals(
                new Receipt(
                        HOST.id(),
                        SOURCE.id(),
                        FragmentHasher.of(octets),
                        5_000,
                        Instant.ofEpochSecond(clock.now.getEpochSecond())),
                receipt);
        assertTrue(taken.isNew());
        assertFalse(put(SOURCE.caller(), octets, allotment(1 << 20, 1 << 20)).isNew());
    }

    @Test
    void refusesWithoutAnAllotment() {
        assertEquals("NO_ALLOTMENT", refusal(SOURCE.caller(), octets(1, 10), null));
    }

    @Test
    void refusesAnAllotmentWithAnyBitChanged() {
        byte[] good = allotment(100, 100).bytes();
        for (int bit = 0; bit < good.length * 8; bit += 7) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << (bit % 8));
            String text = java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(bad);
            assertEquals("NO_ALLOTMENT", refusal(SOURCE.caller(), octets(1, 10), text), "bit " + bit);
        }
    }

    @Test
    void refusesAnAllotmentSignedByAnotherKeyOfTheRealm() {
        Signed other = REALM.allotment(SOURCE, 100, 100).sign(REALM.masterFileKey());
        assertEquals("NO_ALLOTMENT", refusal(SOURCE.caller(), octets(1, 10), other.text()));
    }

    @Test
    void refusesAnotherSourcesAllotment() {
        Member other = REALM.member(10);
        assertEquals(
                "NO_ALLOTMENT",
                refusal(other.caller(), octets(1, 10), allotment(100, 100).text()));
    }

    @Test
    void refusesAnotherKeyWithTheSameNumber() {
        Member again = REALM.member(9);
        assertEquals(
                "NO_ALLOTMENT",
                refusal(again.caller(), octets(1, 10), allotment(100, 100).text()));
    }

    @Test
    void refusesAnAllotmentBeforeAndAfterItsTime() {
        String text = allotment(100, 100).text();
        clock.now = clock.now.plus(Duration.ofDays(40));
        assertEquals("NO_ALLOTMENT", refusal(SOURCE.caller(), octets(1, 10), text));
        clock.now = clock.now.minus(Duration.ofDays(80));
        assertEquals("NO_ALLOTMENT", refusal(SOURCE.caller(), octets(1, 10), text));
    }

    @Test
    void keepsNoMoreForASourceThanItsAllotment() throws IOException {
        put(SOURCE.caller(), octets(1, 60), allotment(100, 1_000));
        assertEquals(
                "ALLOTMENT_USED_UP",
                refusal(SOURCE.caller(), octets(2, 41), allotment(100, 1_000).text()));
        put(SOURCE.caller(), octets(2, 40), allotment(100, 1_000));
    }

    @Test
    void takesNoMoreInADayThanTheAllotmentSays() throws IOException {
        clock.now =
                Instant.now().truncatedTo(java.time.temporal.ChronoUnit.DAYS).plus(Duration.ofHours(25));
        put(SOURCE.caller(), octets(1, 60), allotment(1_000, 100));
        assertEquals(
                "ALLOTMENT_USED_UP",
                refusal(SOURCE.caller(), octets(2, 41), allotment(1_000, 100).text()));
        clock.now = clock.now.plus(Duration.ofDays(1));
        put(SOURCE.caller(), octets(2, 41), allotment(1_000, 100));
    }

    @Test
    void eachRealmHasItsOwnAllotmentsAndItsOwnQuota() throws IOException {
        TestRealm guests = new TestRealm();
        guests.trustedBy(home, "10k");
        Identity identity = Identity.load(home);
        Issuers issuers = Issuers.load(home, new Realm(home, identity), identity);
        intake = new Intake(shelf, issuers, identity, new Takings(home, REALM.id(), clock), counters, clock);
        Member namesake = guests.member(9);
        Signed theirs = guests.sign(guests.allotment(namesake, 1 << 20, 1 << 20));
        put(SOURCE.caller(), octets(1, 50_000), allotment(1 << 20, 1 << 20));
        put(namesake.caller(), octets(2, 6_000), theirs);
        assertEquals(50_000, shelf.keptBytes(SOURCE.id()));
        assertEquals(6_000, shelf.keptBytes(namesake.id()));
        assertEquals("HOST_FULL", kindOf(namesake.caller(), octets(3, 6_000), theirs.text()));
        put(namesake.caller(), octets(4, 4_000), theirs);
        put(SOURCE.caller(), octets(3, 6_000), allotment(1 << 20, 1 << 20));
        String ours = allotment(1 << 20, 1 << 20).text();
        assertEquals("NO_ALLOTMENT", kindOf(namesake.caller(), octets(5, 10), ours));
        assertEquals("NO_ALLOTMENT", kindOf(SOURCE.caller(), octets(5, 10), theirs.text()));
        Signed forged = REALM.sign(guests.allotment(namesake, 1 << 20, 1 << 20));
        assertEquals("NO_ALLOTMENT", kindOf(namesake.caller(), octets(5, 10), forged.text()));
        TestRealm strangers = new TestRealm();
        Member stranger = strangers.member(9);
        assertEquals(
                "NO_ALLOTMENT",
                kindOf(
                        stranger.caller(),
                        octets(5, 10),
                        strangers
                                .sign(strangers.allotment(stranger, 1 << 20, 1 << 20))
                                .text()));
    }

    private String kindOf(Caller caller, byte[] octets, String allotment) {
        return assertThrows(
                        ProblemException.class,
                        () -> intake.put(
                                caller,
                                FragmentHasher.of(octets),
                                octets.length,
                                allotment,
                                new ByteArrayInputStream(octets)))
                .problem()
                .kind();
    }

    @Test
    void remembersTheDaysTakingsOverARestart() throws IOException {
        Takings before = new Takings(home, REALM.id(), clock);
        try (Takings.Taking taking = before.begin(right(1_000, 100), 60, NOTHING)) {
            taking.keep();
        }
        before.keep();
        Takings after = new Takings(home, REALM.id(), clock);
        assertThrows(ProblemException.class, () -> after.begin(right(1_000, 100), 41, NOTHING));
    }

    @Test
    void givesBackWhatARefusedPutReserved() throws IOException {
        FragmentId other = FragmentHasher.of(octets(3, 100));
        ProblemException wrong = assertThrows(
                ProblemException.class,
                () -> intake.put(
                        SOURCE.caller(),
                        other,
                        100,
                        allotment(100, 100).text(),
                        new ByteArrayInputStream(octets(1, 100))));
        assertEquals("WRONG_HASH", wrong.problem().kind());
        put(SOURCE.caller(), octets(1, 100), allotment(100, 100));
    }

    @Test
    void refusesMoreThan80MebibytesUnread() {
        ProblemException refused = assertThrows(
                ProblemException.class,
                () -> intake.put(
                        SOURCE.caller(),
                        FragmentHasher.of(new byte[0]),
                        Intake.MOST_OCTETS + 1,
                        allotment(1L << 40, 1L << 40).text(),
                        new UnreadableBody()));
        assertEquals("TOO_LARGE", refused.problem().kind());
    }

    @Test
    void countsPutsAndRemembersTheLastReceipt() throws IOException {
        put(SOURCE.caller(), octets(1, 60), allotment(100, 100));
        assertEquals(1, counters.all().get("putRequests"));
        assertEquals(60, counters.all().get("putBytes"));
        counters.keep();
        Counters again = new Counters(home);
        assertEquals(counters.all(), again.all());
        assertEquals(counters.lastReceipt(), again.lastReceipt());
        assertEquals(counters.boots() + 1, again.boots());
    }

    private Intake.Taken put(Caller caller, byte[] octets, Signed allotment) throws IOException {
        return intake.put(
                caller, FragmentHasher.of(octets), octets.length, allotment.text(), new ByteArrayInputStream(octets));
    }

    private String refusal(Caller caller, byte[] octets, String allotment) {
        FragmentId id = FragmentHasher.of(octets);
        ProblemException refused = assertThrows(
                ProblemException.class,
                () -> intake.put(caller, id, octets.length, allotment, new ByteArrayInputStream(octets)));
        assertTrue(shelf.keptBytes(caller.system()) < 100);
        return refused.problem().kind();
    }

    private static Allotment right(long bytes, long bytesPerDay) {
        return REALM.allotment(SOURCE, bytes, bytesPerDay);
    }

    private static Signed allotment(long bytes, long bytesPerDay) {
        return REALM.sign(right(bytes, bytesPerDay));
    }

    private static byte[] octets(long seed, int length) {
        byte[] octets = new byte[length];
        new Random(seed).nextBytes(octets);
        return octets;
    }
}
