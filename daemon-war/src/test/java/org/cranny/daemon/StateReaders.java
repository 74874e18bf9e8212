package org.cranny.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cranny.daemon.anchor.Anchors;
import org.cranny.daemon.capacity.Room;
import org.cranny.daemon.grant.SpentGrants;
import org.cranny.daemon.heartbeat.Heartbeats;
import org.cranny.daemon.identity.Home;
import org.cranny.daemon.identity.Identity;
import org.cranny.daemon.identity.Realm;
import org.cranny.daemon.identity.Settings;
import org.cranny.daemon.identity.TestRealm;
import org.cranny.daemon.intake.Takings;
import org.cranny.daemon.monitor.Monitor;
import org.cranny.daemon.reclaim.Lent;
import org.cranny.daemon.scrub.Damages;
import org.cranny.daemon.scrub.Scrub;
import org.cranny.daemon.shelf.DiskShelf;
import org.cranny.daemon.status.Counters;
import org.cranny.daemon.trash.Trash;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.readers.Reader;
import org.cranny.protocol.readers.Scratch;
import org.cranny.protocol.readers.Texts;

/** What a daemon wrote down of its own, and finds again when it starts: its disk may have changed it. */
final class StateReaders {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_790_000_000), ZoneOffset.UTC);
    private static final TestRealm REALM = new TestRealm();
    private static final String FRAGMENT = "ab".repeat(32);

    private StateReaders() {}

    private interface Start {
        void read(Home home, Settings settings, Identity identity, Realm realm, Room room) throws IOException;
    }

    private record State(String file, String seed, Start start) {}

    private static final List<State> FILES = List.of(
            new State(
                    "spent-grants",
                    "00ff 1790000000\n",
                    (home, settings, identity, realm, room) -> new SpentGrants(home, CLOCK)),
            new State(
                    "counters",
                    "boots=3\nputRequests=4\nlastReceipt=ab\n",
                    (home, settings, identity, realm, room) -> new Counters(home)),
            new State(
                    "log-anchors",
                    REALM.anchor(7, FRAGMENT) + "\n",
                    (home, settings, identity, realm, room) -> new Anchors(home, realm)),
            new State(
                    "scrub",
                    "began=2026-09-21T13:33:20Z\nbytes=5\nwrong=0\nfound-wrong=0\nsource="
                            + new SystemId(REALM.id(), 5).uri() + "\nfragment=" + FRAGMENT + "\n",
                    StateReaders::scrub),
            new State("damages", "5 " + FRAGMENT + "\n", (home, settings, identity, realm, room) -> new Damages(
                            home, REALM.id(), DiskShelf.open(home, REALM.id(), room), true)
                    .untold()),
            new State(
                    "limit",
                    "number=1\nquota-bytes=5\nquota-percent=5.5\nkeep-free-bytes=1\nkeep-free-percent=1\n",
                    (home, settings, identity, realm, room) ->
                            Lent.begin(home, settings).capacity()),
            new State("early-deletions", "1790000000 5 6\n", StateReaders::trash),
            new State(
                    "taken",
                    LocalDate.ofInstant(CLOCK.instant(), ZoneOffset.UTC) + " 5 7\n",
                    (home, settings, identity, realm, room) -> new Takings(home, REALM.id(), CLOCK).keep()),
            new State("told", FRAGMENT + "\n", StateReaders::reports),
            new State("looks", "1790000000 5 REACHED 12\n", StateReaders::reports),
            new State("peers", "5 https://h:9443\n", StateReaders::reports));

    static List<Reader> all() {
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < FILES.size(); i++) {
            seeds.add(
                    Texts.join(new byte[] {(byte) i}, Texts.octets(FILES.get(i).seed())));
        }
        return List.of(Reader.of("daemon-state", IOException.class, seeds, StateReaders::file));
    }

    /** The first octet says which file the others are. */
    private static void file(byte[] octets) throws IOException {
        if (octets.length == 0) {
            return;
        }
        State state = FILES.get((octets[0] & 0xff) % FILES.size());
        Home home = home();
        Settings settings = Settings.load(home);
        Identity identity = Identity.load(home);
        Room room = Lent.begin(home, settings);
        Path file = home.state(state.file());
        Files.createDirectories(file.getParent());
        Files.write(file, Arrays.copyOfRange(octets, 1, octets.length));
        try {
            state.start().read(home, settings, identity, new Realm(home, identity), room);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void scrub(Home home, Settings settings, Identity identity, Realm realm, Room room)
            throws IOException {
        DiskShelf shelf = DiskShelf.open(home, REALM.id(), room);
        Damages damages = new Damages(home, REALM.id(), shelf, true);
        new Scrub(home, shelf, room, new Counters(home), damages, Duration.ofDays(14), CLOCK).look();
    }

    private static void trash(Home home, Settings settings, Identity identity, Realm realm, Room room)
            throws IOException {
        new Trash(
                home,
                DiskShelf.open(home, REALM.id(), room),
                new SpentGrants(home, CLOCK),
                room,
                Duration.ofDays(14),
                CLOCK);
    }

    private static void reports(Home home, Settings settings, Identity identity, Realm realm, Room room)
            throws IOException {
        Counters counters = new Counters(home);
        Damages damages = new Damages(home, REALM.id(), DiskShelf.open(home, REALM.id(), room), true);
        Monitor monitor = new Monitor(home, identity, CLOCK, () -> {});
        new Heartbeats(
                home, settings, identity, realm, room, new Lent(home, room), damages, counters, monitor, CLOCK, null);
        monitor.unreported();
    }

    private static Home home() {
        Path folder = Scratch.folder("daemon-state").path();
        return Files.exists(folder.resolve("identity.p12"))
                ? new Home(folder)
                : REALM.home(folder, REALM.member(7), TestRealm.settings("https://h:9443", "https://c:8444"));
    }
}
