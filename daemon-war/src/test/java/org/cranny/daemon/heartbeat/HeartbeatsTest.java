package org.cranny.daemon.heartbeat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.cranny.daemon.capacity.FakeVolume;
import org.cranny.daemon.capacity.Lending;
import org.cranny.daemon.capacity.Room;
import org.cranny.daemon.identity.Caller;
import org.cranny.daemon.identity.Home;
import org.cranny.daemon.identity.Identity;
import org.cranny.daemon.identity.Realm;
import org.cranny.daemon.identity.Settings;
import org.cranny.daemon.identity.StubCentral;
import org.cranny.daemon.identity.StubCentral.Answer;
import org.cranny.daemon.identity.TestRealm;
import org.cranny.daemon.identity.TestRealm.Member;
import org.cranny.daemon.monitor.Monitor;
import org.cranny.daemon.reclaim.Lent;
import org.cranny.daemon.scrub.Damages;
import org.cranny.daemon.shelf.DiskShelf;
import org.cranny.daemon.shelf.Shelf;
import org.cranny.daemon.status.Counters;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.heartbeat.Damage;
import org.cranny.protocol.heartbeat.Heartbeat;
import org.cranny.protocol.heartbeat.HeartbeatAnswer;
import org.cranny.protocol.heartbeat.LendingLimit;
import org.cranny.protocol.heartbeat.Peer;
import org.cranny.protocol.heartbeat.Seen;
import org.cranny.protocol.heartbeat.Seen.Outcome;
import org.cranny.protocol.id.SystemId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatsTest {
    private static final TestRealm REALM = new TestRealm();
    private static final Member HOST = REALM.member(7);
    private static final String PATH = "/api/v1/heartbeats";

    @TempDir
    Path folder;

    private final Jsonb json = JsonbBuilder.create();
    private Home home;
    private Identity identity;
    private Realm realm;
    private Monitor monitor;
    private Shelf shelf;
    private Damages damages;

    @Test
    void reportsCapacityAndCounters() throws IOException, InterruptedException {
        try (StubCentral central = central(answer(List.of(), List.of(), null))) {
            heartbeats(central.address()).beat();
            Heartbeat heartbeat = json.fromJson(central.nextPost(), Heartbeat.class);
            assertEquals("https://127.0.0.1:22001", heartbeat.address());
            assertEquals(1, heartbeat.boots());
            assertEquals(1_000, heartbeat.capacity().quotaBytes());
            assertEquals(4_000, heartbeat.capacity().diskFreeBytes());
            assertEquals(0, heartbeat.counters().get("putRequests"));
        }
    }

    @Test
    void followsTheLendingLimitAndSaysSoNextTime() throws IOException, InterruptedException {
        LendingLimit asked = new LendingLimit(3, 600L, null, null, null);
        HeartbeatAnswer answer = new HeartbeatAnswer(0, 17, null, List.of(), List.of(), List.of(), asked, false, 0);
        try (StubCentral central = central(answer)) {
            Heartbeats heartbeats = heartbeats(central.address());
            heartbeats.beat();
            heartbeats.beat();
            Heartbeat before = json.fromJson(central.nextPost(), Heartbeat.class);
            Heartbeat after = json.fromJson(central.nextPost(), Heartbeat.class);
            assertEquals(0, before.lending().limit());
            assertEquals(3, after.lending().limit());
            assertEquals(600, after.capacity().quotaBytes());
            assertEquals(before.lending().ownQuotaBytes(), after.lending().ownQuotaBytes());
        }
    }

    @Test
    void tellsOfDamageUntilCentralHasItOrARightCopyCame() throws IOException, InterruptedException {
        String one = "11".repeat(32);
        byte[] octets = {1, 2, 3};
        FragmentId two = FragmentHasher.of(octets);
        String body = "{\"time\":0,\"intervalSeconds\":5,\"damages\":1}";
        AtomicReference<String> answer = new AtomicReference<>("{\"time\":0,\"intervalSeconds\":5}");
        home = REALM.home(folder, HOST, TestRealm.settings("https://127.0.0.1:22001", "https://127.0.0.1:2"));
        Home.replace(home.state("damages"), ("5 " + one + "\n5 " + two + "\n").getBytes(StandardCharsets.UTF_8));
        try (StubCentral central =
                new StubCentral(REALM, REALM.member(1), true, PATH, any -> new Answer(200, answer.get()))) {
            Heartbeats heartbeats = heartbeats(central.address());
            heartbeats.beat();
            assertEquals(List.of(one, two.toString()), damages(central), "an answer that takes none");
            answer.set(body);
            heartbeats.beat();
            assertEquals(List.of(one, two.toString()), damages(central));
            answer.set("{\"time\":0,\"intervalSeconds\":5}");
            heartbeats.beat();
            assertEquals(List.of(two.toString()), damages(central));
            assertEquals(1, Files.readAllLines(home.state("damages")).size());
            shelf.put(
                    new Caller(new SystemId(realm.id(), 5), HOST.keys().getPublic()),
                    two,
                    3,
                    new ByteArrayInputStream(octets));
            heartbeats.beat();
            assertEquals(List.of(), damages(central));
            assertEquals(0, Files.size(home.state("damages")));
        }
    }

    private List<String> damages(StubCentral central) throws InterruptedException {
        return json.fromJson(central.nextPost(), Heartbeat.class).damages().stream()
                .map(Damage::fragment)
                .toList();
    }

    @Test
    void goesByTheIntervalThatCentralNames() throws IOException, InterruptedException {
        try (StubCentral central = central(answer(List.of(), List.of(), null))) {
            Heartbeats heartbeats = heartbeats(central.address());
            assertEquals(5, heartbeats.intervalSeconds());
            heartbeats.beat();
            assertEquals(17, heartbeats.intervalSeconds());
        }
    }

    @Test
    void keepsRevocationsOverARestart() throws IOException, InterruptedException {
        try (StubCentral central = central(answer(List.of(9L, 11L), List.of(), null))) {
            heartbeats(central.address()).beat();
        }
        assertTrue(realm.revoked(REALM.member(9).id()));
        assertTrue(new Realm(home, identity).revoked(REALM.member(11).id()));
        assertFalse(realm.revoked(HOST.id()));
    }

    @Test
    void takesNewerRealmKeysAndNoOthers() throws IOException, InterruptedException {
        TestRealm strangers = new TestRealm();
        Instant later = Instant.now();
        try (StubCentral central = central(answer(List.of(), List.of(), REALM.realmKeys(later)))) {
            heartbeats(central.address()).beat();
        }
        try (StubCentral central = central(answer(List.of(), List.of(), strangers.realmKeys(later.plusSeconds(9))))) {
            heartbeats(central.address()).beat();
        }
        assertEquals(realm.grantKey(), new Realm(home, identity).grantKey());
    }

    @Test
    void looksAtThePeersThatCentralNamesAndReportsItNextTime() throws IOException, InterruptedException {
        Member peer = REALM.member(8);
        try (StubCentral neighbour = new StubCentral(REALM, peer, true, "/", body -> new Answer(200, "{}"));
                StubCentral central = central(answer(
                        List.of(),
                        List.of(new Peer(8, neighbour.address()), new Peer(12, neighbour.address())),
                        null))) {
            Heartbeats heartbeats = heartbeats(central.address());
            heartbeats.beat();
            monitor.look();
            heartbeats.beat();
            central.nextPost();
            List<Seen> seen = json.fromJson(central.nextPost(), Heartbeat.class).seen();
            assertTrue(seen.stream().anyMatch(look -> look.system() == 0 && look.reached()));
            assertTrue(seen.stream().anyMatch(look -> look.system() == 8 && look.reached()));
            assertTrue(
                    seen.stream().anyMatch(look -> look.system() == 12 && look.outcome() == Outcome.WRONG_IDENTITY),
                    "it is another system");
        }
    }

    @Test
    void keepsWhatItSawWhileCentralIsAway() throws IOException, InterruptedException {
        StubCentral gone = central(answer(List.of(), List.of(), null));
        gone.close();
        Heartbeats heartbeats = heartbeats(gone.address());
        heartbeats.beat();
        heartbeats.beat();
        assertEquals(
                2, monitor.unreported().stream().filter(look -> !look.reached()).count());
    }

    @Test
    void tellsNothingToAnotherMachineThatPosesAsCentral() throws IOException, InterruptedException {
        try (StubCentral liar = new StubCentral(REALM, REALM.member(9), true, PATH, body -> new Answer(200, "{}"))) {
            heartbeats(liar.address()).beat();
            assertEquals(List.of(), liar.posted());
        }
    }

    @Test
    void handsOverALongAbsenceInPortionsOldestFirst() throws IOException, InterruptedException {
        try (StubCentral central = central(answer(List.of(), List.of(), null))) {
            Heartbeats heartbeats = heartbeats(central.address());
            for (int i = 0; i < 1_500; i++) {
                monitor.saw(new Seen(8, i, Outcome.REACHED, 1));
            }
            heartbeats.beat();
            heartbeats.beat();
            assertEquals(999, last(central).time());
            assertEquals(
                    1_499,
                    json.fromJson(central.nextPost(), Heartbeat.class)
                            .seen()
                            .get(499)
                            .time());
        }
    }

    @Test
    void tellsTimesByCentralsClock() throws IOException, InterruptedException {
        long hourAgo = Instant.now().getEpochSecond() - 3_600;
        String body = "{\"time\":" + hourAgo + ",\"intervalSeconds\":5}";
        try (StubCentral central = new StubCentral(REALM, REALM.member(1), true, PATH, any -> new Answer(200, body))) {
            Heartbeats heartbeats = heartbeats(central.address());
            heartbeats.beat();
            heartbeats.beat();
            central.nextPost();
            assertTrue(Math.abs(last(central).time() - hourAgo) < 60);
        }
    }

    @Test
    void monitorThatRunsAloneReportsLooksAndNothingElse() throws IOException, InterruptedException {
        String body = json.toJson(answer(List.of(9L), List.of(), null));
        try (StubCentral central =
                new StubCentral(REALM, REALM.member(1), true, "/api/v1/looks", any -> new Answer(200, body))) {
            heartbeats(central.address());
            Settings settings = new Settings("watch", null, URI.create(central.address()), null, "0");
            Heartbeats alone = new Heartbeats(settings, identity, realm, monitor, Clock.systemUTC(), json);
            monitor.saw(new Seen(8, 3, Outcome.REFUSED, 1));
            alone.beat();
            assertEquals(
                    "{\"seen\":[{\"millis\":1,\"outcome\":\"REFUSED\",\"system\":8,\"time\":3}],\"version\":\"0.1.0\"}",
                    central.nextPost());
            assertTrue(realm.revoked(REALM.member(9).id()));
        }
    }

    @Test
    void reportsToNobodyWhereThereIsNoCentral() throws IOException, InterruptedException {
        heartbeats("https://central.example:1");
        Settings settings = new Settings("alone", "https://127.0.0.1:22001", null, "1G", "1M");
        Heartbeats nobody = new Heartbeats(settings, identity, realm, monitor, Clock.systemUTC(), json);
        nobody.beat();
        assertEquals(List.of(), monitor.unreported());
        assertEquals(60, nobody.intervalSeconds());
    }

    private Seen last(StubCentral central) throws InterruptedException {
        List<Seen> seen = json.fromJson(central.nextPost(), Heartbeat.class).seen();
        return seen.get(seen.size() - 1);
    }

    private StubCentral central(HeartbeatAnswer answer) {
        String body = json.toJson(answer);
        return new StubCentral(REALM, REALM.member(1), true, PATH, posted -> new Answer(200, body));
    }

    private static HeartbeatAnswer answer(List<Long> revoked, List<Peer> probe, String realmKeys) {
        return new HeartbeatAnswer(0, 17, realmKeys, revoked, probe, List.of("ab".repeat(32)), null, false, 0);
    }

    private Heartbeats heartbeats(String central) throws IOException {
        home = REALM.home(folder, HOST, TestRealm.settings("https://127.0.0.1:22001", central));
        identity = Identity.load(home);
        realm = new Realm(home, identity);
        Clock clock = Clock.systemUTC();
        monitor = new Monitor(home, identity, clock, () -> {});
        Room room = new Room(new Lending(1_000, 0, 0), Lending.parse("1G", "1M"), new FakeVolume(10_000, 4_000));
        shelf = DiskShelf.open(home, realm.id(), room);
        damages = new Damages(home, realm.id(), shelf, true);
        return new Heartbeats(
                home,
                Settings.load(home),
                identity,
                realm,
                room,
                new Lent(home, room),
                damages,
                new Counters(home),
                monitor,
                clock,
                json);
    }
}
