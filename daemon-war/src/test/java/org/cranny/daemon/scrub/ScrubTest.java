package org.cranny.daemon.scrub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.cranny.daemon.SettableClock;
import org.cranny.daemon.capacity.FakeVolume;
import org.cranny.daemon.capacity.Lending;
import org.cranny.daemon.capacity.Room;
import org.cranny.daemon.identity.Caller;
import org.cranny.daemon.identity.Home;
import org.cranny.daemon.identity.Settings;
import org.cranny.daemon.identity.TestRealm;
import org.cranny.daemon.shelf.DiskShelf;
import org.cranny.daemon.shelf.Shelf;
import org.cranny.daemon.shelf.StoreOutcome.Stored;
import org.cranny.daemon.status.Counters;
import org.cranny.daemon.status.Counters.Counter;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.heartbeat.Damage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What rots on the disk is found in time, set aside and told, without haste and without being in the way. */
class ScrubTest {
    private static final TestRealm REALM = new TestRealm();
    private static final Caller SOURCE = REALM.member(5).caller();
    private static final Duration WITHIN = Duration.ofDays(14);
    private static final int SECTOR = 512;
    private static final int REGION = 64 * 1024;
    private static final Random RANDOM = new Random(7);

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-28T00:00:00Z"));
    private Home home;
    private Room room;
    private Shelf shelf;
    private Counters counters;
    private Damages damages;
    private Scrub scrub;
    private boolean battery;
    private long restedNanos;

    @BeforeEach
    void begin() throws IOException {
        home = REALM.home(
                folder,
                REALM.member(7),
                new Settings("h", "https://127.0.0.1:1", URI.create("https://127.0.0.1:2"), null, "0"));
        open();
    }

    private void open() throws IOException {
        room = new Room(new Lending(1L << 40, 0, 0), new FakeVolume(1L << 40, 1L << 40));
        shelf = DiskShelf.open(home, REALM.id(), room);
        counters = new Counters(home);
        damages = new Damages(home, REALM.id(), shelf, true);
        scrub = new Scrub(
                home, shelf, room, counters, damages, WITHIN, clock, () -> battery, nanos -> restedNanos += nanos);
    }

    private FragmentId put(int length) throws IOException {
        byte[] octets = new byte[length];
        RANDOM.nextBytes(octets);
        FragmentId id = FragmentHasher.of(octets);
        assertInstanceOf(Stored.class, shelf.put(SOURCE, id, length, new ByteArrayInputStream(octets)));
        return id;
    }

    private Path file(FragmentId id) {
        String hex = id.toString();
        return home.fragments().resolve("5").resolve(hex.substring(0, 2)).resolve(hex.substring(2));
    }

    private void harm(String how, Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            long length = out.length();
            switch (how) {
                case "region" -> overwrite(out, RANDOM.nextInt((int) (length / REGION)) * (long) REGION, REGION);
                case "sector" -> overwrite(out, RANDOM.nextInt((int) (length / SECTOR)) * (long) SECTOR, SECTOR);
                case "bit" -> {
                    long at = RANDOM.nextInt((int) length);
                    out.seek(at);
                    int octet = out.read();
                    out.seek(at);
                    out.write(octet ^ 1 << RANDOM.nextInt(8));
                }
                case "truncated" -> out.setLength(RANDOM.nextInt((int) length));
                case "zeroed" -> {
                    out.setLength(0);
                    out.setLength(length);
                }
                default -> throw new IllegalArgumentException(how);
            }
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    }

    private static void overwrite(RandomAccessFile out, long at, int count) throws IOException {
        byte[] noise = new byte[count];
        RANDOM.nextBytes(noise);
        out.seek(at);
        out.write(noise);
    }

    /** Time goes by, looked at every hour, until the round is over. */
    private Duration aRound() throws IOException {
        Instant from = clock.now;
        long before = scrub.ended();
        while (scrub.ended() == before) {
            clock.now = clock.now.plus(Duration.ofHours(1));
            scrub.look();
        }
        return Duration.between(from, clock.now);
    }

    private Set<String> told() throws IOException {
        Set<String> told = new HashSet<>();
        damages.untold().forEach(damage -> told.add(damage.fragment()));
        return told;
    }

    private long aside() throws IOException {
        try (Stream<Path> files = Files.list(home.damaged())) {
            return files.count();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"region", "sector", "bit", "truncated", "zeroed"})
    void findsWhateverHappenedToOctetsAndNothingElse(String how) throws IOException {
        List<FragmentId> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            all.add(put(REGION + RANDOM.nextInt(3 * REGION)));
        }
        Set<String> harmed = new HashSet<>();
        for (int i = 0; i < all.size(); i += 3) {
            harm(how, file(all.get(i)));
            harmed.add(all.get(i).toString());
        }
        aRound();
        assertEquals(harmed, told());
        assertEquals(harmed.size(), aside());
        assertEquals(harmed.size(), counters.all().get("damaged"));
        for (FragmentId id : all) {
            assertEquals(
                    harmed.contains(id.toString()),
                    shelf.open(SOURCE.system(), id).isEmpty());
        }
        assertEquals(20, room.capacity().fragments());
        aRound();
        assertEquals(harmed.size(), aside(), "the second round finds nothing more");
    }

    @Test
    void readsEveryOctetWithinItsTimeAndNoFasterThanThat() throws IOException {
        for (int i = 0; i < 48; i++) {
            put(10_000);
        }
        Duration first = aRound();
        assertTrue(first.compareTo(Duration.ofDays(6)) > 0, first::toString);
        assertTrue(first.compareTo(WITHIN.dividedBy(2)) <= 0, first::toString);
        assertEquals(480_000, counters.all().get("scrubBytes"));
        assertTrue(restedNanos >= 480_000L * 1_000_000_000 / Scrub.MOST_BYTES_PER_SECOND - 48);
    }

    @Test
    void aRestartGoesOnWhereItWas() throws IOException {
        for (int i = 0; i < 40; i++) {
            put(10_000);
        }
        for (int hour = 0; hour < 84; hour++) {
            clock.now = clock.now.plus(Duration.ofHours(1));
            scrub.look();
        }
        long read = counters.all().get("scrubBytes");
        assertTrue(read > 150_000 && read < 250_000, () -> read + " octets in half of a round");
        counters.keep();
        open();
        aRound();
        assertEquals(400_000, counters.all().get("scrubBytes"));
        Files.writeString(home.state("scrub"), "nonsense");
        open();
        aRound();
    }

    @Test
    void givesWayToRequestsAndOnABatteryUntilItIsHalfARoundBehind() throws IOException {
        put(10_000);
        battery = true;
        clock.now = clock.now.plus(Duration.ofDays(3));
        scrub.look();
        assertEquals(0, counters.all().get("scrubBytes"));
        battery = false;
        counters.add(Counter.GET_BYTES, 9);
        scrub.look();
        assertEquals(0, counters.all().get("scrubBytes"));
        battery = true;
        clock.now = clock.now.plus(Duration.ofDays(1));
        scrub.look();
        assertEquals(10_000, counters.all().get("scrubBytes"));
    }

    @Test
    void damageIsToldUntilItIsHeardOverRestartsAndInPortions() throws IOException {
        for (int i = 0; i < Damage.MOST + 5; i++) {
            harm("bit", file(put(100)));
        }
        aRound();
        open();
        List<Damage> first = damages.untold();
        assertEquals(Damage.MOST, first.size());
        damages.told(first);
        open();
        assertEquals(5, damages.untold().size());
        assertEquals(5, first.get(0).source());
    }

    @Test
    void aRightCopyThatCameMeanwhileIsNotCalledDamaged() throws IOException {
        byte[] octets = new byte[70_000];
        FragmentId id = FragmentHasher.of(octets);
        shelf.put(SOURCE, id, octets.length, new ByteArrayInputStream(octets));
        harm("sector", file(id));
        aRound();
        shelf.put(SOURCE, id, octets.length, new ByteArrayInputStream(octets));
        assertEquals(List.of(), damages.untold());
        assertFalse(damages.move(SOURCE.system(), id), "it is right");
        assertEquals(1, aside());
    }

    @Test
    void whatLiesAsideGoesAfterItsTimeAndOnlyThat() throws IOException {
        FragmentId wrong = put(1_000);
        FragmentId right = put(1_000);
        harm("bit", file(wrong));
        aRound();
        assertEquals(0, shelf.clearAside(Instant.now().minus(Scrub.ASIDE), 256));
        assertEquals(1, aside());
        assertEquals(1, shelf.clearAside(Instant.now().plusSeconds(1), 256));
        assertEquals(0, aside());
        assertTrue(shelf.open(SOURCE.system(), right).isPresent());
    }

    @Test
    void whereThereIsNobodyToTellDamageIsMovedAsideAllTheSame() throws IOException {
        damages = new Damages(home, REALM.id(), shelf, false);
        scrub = new Scrub(
                home, shelf, room, counters, damages, WITHIN, clock, () -> battery, nanos -> restedNanos += nanos);
        harm("zeroed", file(put(1_000)));
        aRound();
        assertEquals(1, aside());
        assertEquals(List.of(), damages.untold());
    }

    @Test
    void knowsABatteryThatIsBeingEmptied() throws IOException {
        Path battery = Files.createDirectories(folder.resolve("supplies/BAT0"));
        assertFalse(Power.isBattery(folder.resolve("supplies")));
        Files.writeString(battery.resolve("status"), "Charging\n");
        assertFalse(Power.isBattery(folder.resolve("supplies")));
        Files.writeString(battery.resolve("status"), "Discharging\n");
        assertTrue(Power.isBattery(folder.resolve("supplies")));
        Files.writeString(battery.resolve("scope"), "Device\n");
        assertFalse(Power.isBattery(folder.resolve("supplies")), "a mouse's");
        assertFalse(Power.isBattery(folder.resolve("nothing")));
    }
}
