package org.cranny.daemon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;
import org.cranny.daemon.identity.Settings;
import org.cranny.daemon.identity.StubCentral;
import org.cranny.daemon.identity.StubRenewal;
import org.cranny.daemon.identity.TestRealm;
import org.cranny.daemon.identity.TestRealm.Member;
import org.cranny.daemon.status.Status;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.fragment.LeafHashes;
import org.cranny.protocol.grant.Act;
import org.cranny.protocol.grant.Grant;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.proof.Challenge;
import org.cranny.protocol.proof.Challenges;
import org.cranny.protocol.proof.Leaf;
import org.cranny.protocol.proof.Proof;
import org.cranny.protocol.proof.Proofs;
import org.cranny.protocol.receipt.KeptList;
import org.cranny.protocol.receipt.PutAnswer;
import org.cranny.protocol.receipt.Receipt;
import org.cranny.protocol.signing.PublicKeys;
import org.cranny.protocol.signing.Signed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Every answer of {@code docs/protocol/daemon.md}, from a real daemon over mutual TLS. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DaemonIT {
    private static final int LAST = 1_000;
    private static final TestRealm REALM = new TestRealm();
    private static final TestRealm GUESTS = new TestRealm();
    private static final Member NAMESAKE = GUESTS.member(50);
    private static final Member HOST = REALM.member(7, Instant.now().plusSeconds(600));
    private static final StubRenewal RENEWAL = StubRenewal.of(REALM, HOST);
    private static final Member ALICE = REALM.member(50);
    private static final Member BOB = REALM.member(51);
    private static final Member SHUT_OUT = REALM.member(66);
    private static final Member REPLACED = REALM.member(50);
    private static final Jsonb JSON = JsonbBuilder.create();
    private static final String SCRAPE_TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String RIGHT =
            REALM.sign(REALM.allotment(ALICE, 1L << 30, 1L << 30)).text();

    @TempDir
    private static Path folder;

    private static RunningDaemon daemon;
    private static StubCentral central;
    private static HttpClient alice;
    private static String local;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        String address = RunningDaemon.freeAddress();
        Path home = folder.resolve("home");
        central = new StubCentral(REALM, REALM.member(1), false, StubRenewal.PATH, RENEWAL);
        Settings settings = new Settings(
                "test host",
                address,
                URI.create(RunningDaemon.freeAddress()),
                "40M",
                "1M",
                Settings.TRASH,
                Settings.SCRUB,
                URI.create(central.address()));
        GUESTS.trustedBy(REALM.home(home, HOST, settings), "5M");
        Files.writeString(home.resolve("realm/revoked"), SHUT_OUT.id().number() + "\n");
        String replaced =
                HexFormat.of().formatHex(PublicKeys.fingerprint(REPLACED.keys().getPublic()));
        Files.writeString(home.resolve("realm/revoked-keys"), replaced + "\n");
        local = RunningDaemon.freeAddress().replace("https:", "http:");
        Files.writeString(
                home.resolve("daemon.properties"),
                "health-port=" + URI.create(local).getPort() + "\n",
                StandardOpenOption.APPEND);
        Files.writeString(home.resolve("scrape-token"), SCRAPE_TOKEN + "\n");
        alice = RunningDaemon.client(REALM, ALICE, HOST);
        daemon = new RunningDaemon(home, address).start(alice);
    }

    @AfterAll
    static void stop() throws IOException {
        daemon.close();
        central.close();
    }

    private static HttpResponse<String> locally(String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(local + "/cranny" + path)).GET();
        if (headers.length > 0) {
            request.headers(headers);
        }
        return RunningDaemon.send(HttpClient.newHttpClient(), request);
    }

    @Test
    void tellsAnybodyOfItsMachineHowItIsAndNobodyAnythingElse() throws Exception {
        assertEquals(
                "{\"checks\":[{\"name\":\"store\",\"status\":\"UP\"},{\"name\":\"certificate\",\"status\":\"UP\"}],"
                        + "\"status\":\"UP\"}",
                locally("/v1/health/ready").body());
        assertEquals(200, locally("/v1/health/live").statusCode());
        for (String closed :
                List.of("/v1/status", "/v1/fragments", "/v1/metrics", "/v1/health", "/health", "/metrics")) {
            HttpResponse<String> answer = locally(closed);
            assertEquals(401, answer.statusCode(), closed);
            assertTrue(answer.body().contains("NOT_LOGGED_IN"), answer.body());
        }
        assertEquals(
                401,
                locally("/v1/metrics", "Authorization", "Bearer " + SCRAPE_TOKEN + "0")
                        .statusCode());
        assertEquals(
                401,
                locally("/v1/status", "Authorization", "Bearer " + SCRAPE_TOKEN).statusCode());
    }

    @Test
    void givesMetricsToTheTokenAndToSystemsOfTheRealm() throws Exception {
        HttpResponse<String> scraped = locally("/v1/metrics", "Authorization", "Bearer " + SCRAPE_TOKEN);
        assertEquals(200, scraped.statusCode());
        assertEquals(
                "text/plain; version=0.0.4; charset=utf-8",
                scraped.headers().firstValue("Content-Type").orElseThrow().replace(";charset", "; charset"));
        // Another test starts the daemon again.
        assertTrue(
                scraped.body().lines().anyMatch(line -> line.matches("cranny_daemon_starts_total [1-9]\\d*")),
                scraped.body());
        HttpResponse<String> seen = RunningDaemon.send(alice, daemon.request("/v1/metrics"));
        assertEquals(200, seen.statusCode());
        assertEquals(
                200,
                RunningDaemon.send(alice, daemon.request("/v1/health/ready")).statusCode());
    }

    @Test
    void keepsAFragmentAndSignsForIt() throws IOException, InterruptedException, MalformedException {
        byte[] octets = octets(1, 3_000_000);
        FragmentId id = FragmentHasher.of(octets);
        HttpResponse<String> answer = put(octets);
        assertEquals(201, answer.statusCode(), answer.body());
        Signed signed =
                Signed.parse(JSON.fromJson(answer.body(), PutAnswer.class).receipt());
        Receipt receipt = Receipt.open(signed, HOST.keys().getPublic());
        assertEquals(HOST.id(), receipt.host());
        assertEquals(ALICE.id(), receipt.source());
        assertEquals(id, receipt.fragment());
        assertEquals(octets.length, receipt.length());
        HttpResponse<byte[]> back = RunningDaemon.fetch(alice, daemon.get(id));
        assertEquals(200, back.statusCode());
        assertArrayEquals(octets, back.body());
        assertEquals("\"" + id + "\"", back.headers().firstValue("ETag").orElseThrow());
    }

    @Test
    void answersTheSecondPutWithAReceiptToo() throws IOException, InterruptedException {
        byte[] octets = octets(2, 100_000);
        assertEquals(201, put(octets).statusCode());
        HttpResponse<String> again = put(octets);
        assertEquals(200, again.statusCode());
        assertFalse(JSON.fromJson(again.body(), PutAnswer.class).receipt().isEmpty());
    }

    @Test
    void givesOneRange() throws IOException, InterruptedException {
        byte[] octets = octets(3, 400_000);
        FragmentId id = FragmentHasher.of(octets);
        put(octets);
        HttpResponse<byte[]> part = RunningDaemon.fetch(alice, daemon.get(id).header("Range", "bytes=1000-300000"));
        assertEquals(206, part.statusCode());
        assertArrayEquals(java.util.Arrays.copyOfRange(octets, 1_000, 300_001), part.body());
        assertEquals(
                "bytes 1000-300000/400000",
                part.headers().firstValue("Content-Range").orElseThrow());
        HttpResponse<String> outside = RunningDaemon.send(alice, daemon.get(id).header("Range", "bytes=400000-"));
        assertEquals(416, outside.statusCode());
        assertEquals("Range", problem(outside).field());
    }

    @Test
    void tellsTheLength() throws IOException, InterruptedException {
        byte[] octets = octets(4, 12_345);
        put(octets);
        HttpRequest.Builder head = daemon.request("/v1/fragments/" + FragmentHasher.of(octets))
                .method("HEAD", HttpRequest.BodyPublishers.noBody());
        HttpResponse<String> answer = RunningDaemon.send(alice, head);
        assertEquals(200, answer.statusCode());
        assertEquals("12345", answer.headers().firstValue("Content-Length").orElseThrow());
    }

    @Test
    void listsPageByPage() throws IOException, InterruptedException {
        for (int i = 0; i < 5; i++) {
            put(octets(100 + i, 1_000));
        }
        List<String> ids = new ArrayList<>();
        String after = "";
        do {
            String body = RunningDaemon.send(alice, daemon.request("/v1/fragments?limit=2" + after))
                    .body();
            KeptList page = JSON.fromJson(body, KeptList.class);
            page.fragments().forEach(kept -> ids.add(kept.fragment()));
            after = page.next() == null ? null : "&after=" + page.next();
        } while (after != null);
        assertTrue(ids.contains(FragmentHasher.of(octets(100, 1_000)).toString()));
        assertEquals(ids.stream().sorted().distinct().toList(), ids);
        assertEquals(400, status(daemon.request("/v1/fragments?limit=0")));
        assertEquals(400, status(daemon.request("/v1/fragments?after=zz")));
    }

    @Test
    void provesLeavesFromTheDisk() throws IOException, InterruptedException {
        byte[] octets = octets(5, 1_000_000);
        FragmentId id = FragmentHasher.of(octets);
        put(octets);
        FragmentId unknown = FragmentHasher.of(octets(6, 10));
        Proofs proofs = prove(new Challenges(List.of(
                new Challenge(id.toString(), List.of(0, 15, 16)), new Challenge(unknown.toString(), List.of(0)))));
        Proof proof = proofs.proofs().get(0);
        assertEquals(1_000_000, proof.length());
        assertEquals(List.of(0, 15), proof.leaves().stream().map(Leaf::number).toList());
        for (Leaf leaf : proof.leaves()) {
            List<byte[]> path =
                    leaf.path().stream().map(HexFormat.of()::parseHex).toList();
            assertTrue(LeafHashes.proves(
                    id, proof.length(), leaf.number(), Base64.getDecoder().decode(leaf.octets()), path));
        }
        assertEquals(-1, proofs.proofs().get(1).length());
    }

    @Test
    void refusesChallengesThatAskTooMuch() throws IOException, InterruptedException {
        byte[] octets = octets(5, 1_000_000);
        put(octets);
        String id = FragmentHasher.of(octets).toString();
        assertEquals(400, proofStatus("{\"challenges\":[{\"fragment\":\"" + id + "\",\"leaves\":[-1]}]}"));
        assertEquals(400, proofStatus("{\"challenges\":[{\"fragment\":\"../../x\",\"leaves\":[1]}]}"));
        assertEquals(400, proofStatus("{\"challenges\":[null]}"));
        assertEquals(400, proofStatus("{\"challenges\":"));
        assertEquals(400, proofStatus("[".repeat(10_000)));
        assertEquals(
                400,
                proofStatus(
                        JSON.toJson(new Challenges(java.util.Collections.nCopies(257, new Challenge(id, List.of()))))));
        assertEquals(413, proofStatus(" ".repeat(300_000)));
    }

    @Test
    void refusesOctetsThatHashToAnotherName() throws IOException, InterruptedException {
        FragmentId other = FragmentHasher.of(octets(7, 100));
        HttpResponse<String> answer = RunningDaemon.send(alice, daemon.put(other, octets(8, 100), RIGHT));
        assertEquals(422, answer.statusCode());
        assertEquals("WRONG_HASH", problem(answer).kind());
        assertEquals(404, status(daemon.get(other)));
    }

    @Test
    void refusesWithoutARightEveryTimeAndWhateverTheBody() throws IOException, InterruptedException {
        byte[] big = octets(9, 8_000_000);
        FragmentId id = FragmentHasher.of(big);
        for (int i = 0; i < 20; i++) {
            HttpResponse<String> answer = RunningDaemon.send(alice, daemon.put(id, big, null));
            assertEquals(403, answer.statusCode());
            assertEquals("NO_ALLOTMENT", problem(answer).kind());
        }
        assertEquals(404, status(daemon.get(id)));
    }

    @Test
    void refusesMoreThanTheAllotment() throws IOException, InterruptedException {
        String small = REALM.sign(REALM.allotment(ALICE, 10, 10)).text();
        byte[] octets = octets(10, 11);
        HttpResponse<String> answer = RunningDaemon.send(alice, daemon.put(FragmentHasher.of(octets), octets, small));
        assertEquals(413, answer.statusCode());
        assertEquals("ALLOTMENT_USED_UP", problem(answer).kind());
    }

    @Test
    void refusesWhatDoesNotFitTheQuotaEveryTime() throws IOException, InterruptedException {
        byte[] octets = octets(11, 41 << 20);
        FragmentId id = FragmentHasher.of(octets);
        for (int i = 0; i < 5; i++) {
            HttpResponse<String> answer = RunningDaemon.send(alice, daemon.put(id, octets, RIGHT));
            assertEquals(507, answer.statusCode());
            assertEquals("HOST_FULL", problem(answer).kind());
        }
        assertNothingIncoming();
    }

    @Test
    void refusesMoreThan80Mebibytes() throws IOException, InterruptedException {
        byte[] octets = new byte[(80 << 20) + 1];
        HttpRequest.Builder put =
                daemon.put(FragmentHasher.of(new byte[0]), octets, RIGHT).expectContinue(true);
        HttpResponse<String> answer = RunningDaemon.send(alice, put);
        assertEquals(413, answer.statusCode());
        assertEquals("TOO_LARGE", problem(answer).kind());
    }

    @Test
    void showsAndTakesNothingOfAnotherSource() throws IOException, InterruptedException {
        byte[] octets = octets(12, 1_000);
        FragmentId id = FragmentHasher.of(octets);
        put(octets);
        HttpClient bob = RunningDaemon.client(REALM, BOB, HOST);
        assertEquals(404, RunningDaemon.send(bob, daemon.get(id)).statusCode());
        assertEquals(
                "{\"fragments\":[]}",
                RunningDaemon.send(bob, daemon.request("/v1/fragments")).body());
        HttpResponse<String> answer = RunningDaemon.send(bob, daemon.put(id, octets, RIGHT));
        assertEquals("NO_ALLOTMENT", problem(answer).kind());
    }

    @Test
    void letsNobodyInWithoutACertificateOfTheRealm() {
        TestRealm strangers = REALM.pretender();
        Member impostor = strangers.member(50);
        HttpClient stranger = HttpClient.newBuilder()
                .sslContext(REALM.tls(impostor, number -> true))
                .build();
        HttpClient nobody =
                HttpClient.newBuilder().sslContext(REALM.anonymousTls()).build();
        for (String path : List.of("/v1/status", "/v1/fragments", "/../health", "/../metrics", "/../openapi")) {
            assertThrows(IOException.class, () -> RunningDaemon.send(stranger, daemon.request(path)), path);
            assertThrows(IOException.class, () -> RunningDaemon.send(nobody, daemon.request(path)), path);
        }
    }

    @Test
    void renewsItsCertificateAndShowsTheNewOneWithoutARestart() throws Exception {
        Instant end = Instant.now().plusSeconds(60);
        while (!RENEWAL.certificate().equals(daemon.certificate(REALM.tls(ALICE, number -> number == 7)))) {
            assertTrue(Instant.now().isBefore(end), () -> "still the old one: " + central.posted());
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertEquals(200, locally("/v1/health/ready").statusCode());
        assertEquals(
                200, RunningDaemon.send(alice, daemon.request("/v1/status")).statusCode());
    }

    @Test
    void speaksNoOlderTls() {
        SSLParameters old = new SSLParameters();
        old.setProtocols(new String[] {"TLSv1.2"});
        HttpClient client = HttpClient.newBuilder()
                .sslContext(REALM.tls(ALICE, number -> true))
                .sslParameters(old)
                .build();
        assertThrows(IOException.class, () -> RunningDaemon.send(client, daemon.request("/v1/status")));
    }

    @Test
    void letsSomebodyElseReadListAndProveWithAGrantOnly() throws IOException, InterruptedException {
        byte[] octets = octets(71, 200_000);
        FragmentId id = FragmentHasher.of(octets);
        put(octets);
        HttpClient bob = RunningDaemon.client(REALM, BOB, HOST);
        assertEquals(404, RunningDaemon.send(bob, daemon.get(id)).statusCode());
        String grant = grant(HOST, BOB, 300_000);
        HttpResponse<byte[]> read = RunningDaemon.fetch(bob, daemon.get(id).header("Cranny-Grant", grant));
        assertEquals(200, read.statusCode());
        assertArrayEquals(octets, read.body());
        HttpResponse<String> list =
                RunningDaemon.send(bob, daemon.request("/v1/fragments").header("Cranny-Grant", grant));
        assertTrue(list.body().contains(id.toString()));
        Challenges challenges = new Challenges(List.of(new Challenge(id.toString(), List.of(0))));
        HttpResponse<String> proofs = RunningDaemon.send(
                bob,
                daemon.request("/v1/proofs")
                        .header("Cranny-Grant", grant)
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.toJson(challenges))));
        assertEquals(
                octets.length,
                JSON.fromJson(proofs.body(), Proofs.class).proofs().get(0).length());
        HttpResponse<String> usedUp = RunningDaemon.send(bob, daemon.get(id).header("Cranny-Grant", grant));
        assertEquals(403, usedUp.statusCode());
        assertEquals("NO_GRANT", problem(usedUp).kind());
    }

    @Test
    void refusesTheGrantOfAnotherHolderOrDaemonAndNeverLetsItWrite() throws IOException, InterruptedException {
        byte[] octets = octets(72, 1_000);
        FragmentId id = FragmentHasher.of(octets);
        put(octets);
        HttpClient bob = RunningDaemon.client(REALM, BOB, HOST);
        for (String bad : List.of(grant(HOST, SHUT_OUT, 10_000), grant(BOB, BOB, 10_000), "rubbish")) {
            HttpResponse<String> answer = RunningDaemon.send(bob, daemon.get(id).header("Cranny-Grant", bad));
            assertEquals(403, answer.statusCode());
            assertEquals("NO_GRANT", problem(answer).kind());
        }
        byte[] fresh = octets(73, 1_000);
        HttpResponse<String> write = RunningDaemon.send(
                bob,
                daemon.put(FragmentHasher.of(fresh), fresh, RIGHT).header("Cranny-Grant", grant(HOST, BOB, 10_000)));
        assertEquals("NO_ALLOTMENT", problem(write).kind());
    }

    /** To read Alice's fragments. */
    private static String grant(Member at, Member holder, long bytes) {
        Instant now = Instant.now();
        byte[] serial = new byte[Grant.SERIAL_OCTETS];
        new SecureRandom().nextBytes(serial);
        byte[] key = PublicKeys.fingerprint(holder.keys().getPublic());
        return new Grant(
                        Act.READ,
                        at.id(),
                        key,
                        ALICE.id(),
                        now.minusSeconds(60),
                        now.plusSeconds(600),
                        bytes,
                        serial,
                        List.of())
                .sign(REALM.grantKey())
                .text();
    }

    @Test
    void refusesAKeyThatAnotherMachineReplaced() throws IOException, InterruptedException {
        HttpResponse<String> answer =
                RunningDaemon.send(RunningDaemon.client(REALM, REPLACED, HOST), daemon.request("/v1/status"));
        assertEquals(403, answer.statusCode());
        assertEquals("REVOKED", problem(answer).kind());
    }

    @Test
    void refusesWhoWasShutOut() throws IOException, InterruptedException {
        HttpClient client = RunningDaemon.client(REALM, SHUT_OUT, HOST);
        HttpResponse<String> answer = RunningDaemon.send(client, daemon.request("/v1/status"));
        assertEquals(403, answer.statusCode());
        assertEquals("REVOKED", problem(answer).kind());
    }

    @Test
    void knowsNoWayToDeleteOrOverwrite() throws IOException, InterruptedException {
        byte[] octets = octets(13, 1_000);
        FragmentId id = FragmentHasher.of(octets);
        put(octets);
        for (String method : List.of("DELETE", "POST", "PATCH", "MOVE", "TRACE")) {
            HttpRequest.Builder request =
                    daemon.request("/v1/fragments/" + id).method(method, HttpRequest.BodyPublishers.noBody());
            assertTrue(status(request) >= 400, method);
        }
        assertEquals(200, status(daemon.get(id)));
    }

    @Test
    void answersNonsenseWithAProblem() throws IOException, InterruptedException {
        for (String path : List.of(
                "/v1/fragments/zz",
                "/v1/fragments/%2e%2e%2fkey",
                "/v1/nothing",
                "/",
                "/WEB-INF/web.xml",
                "/v1/proofs")) {
            HttpResponse<String> answer = RunningDaemon.send(alice, daemon.request(path));
            assertTrue(answer.statusCode() >= 400 && answer.statusCode() < 500, path + " " + answer.statusCode());
            assertFalse(answer.body().contains("\tat "), path);
        }
        for (String unclosed : List.of("{\"x\":{", "{\"challenges\":[{\"x\":[[", "[".repeat(100_000))) {
            HttpRequest.Builder proofs =
                    daemon.request("/v1/proofs").POST(HttpRequest.BodyPublishers.ofString(unclosed));
            assertEquals(400, RunningDaemon.send(alice, proofs).statusCode());
        }
        HttpRequest.Builder noLength = daemon.request("/v1/fragments/" + FragmentHasher.of(new byte[1]))
                .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(new byte[1])));
        assertEquals(
                "Content-Length", problem(RunningDaemon.send(alice, noLength)).field());
    }

    @Test
    void servesASecondRealmApartFromItsOwn() throws IOException, InterruptedException, MalformedException {
        HttpClient guest = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(GUESTS.tlsAbroad(NAMESAKE, HOST.id(), REALM.fingerprint()))
                .build();
        byte[] ours = octets(31, 300_000);
        byte[] theirs = octets(32, 200_000);
        String right =
                GUESTS.sign(GUESTS.allotment(NAMESAKE, 1L << 30, 1L << 30)).text();
        put(ours);
        HttpResponse<String> stored = RunningDaemon.send(guest, daemon.put(FragmentHasher.of(theirs), theirs, right));
        assertEquals(201, stored.statusCode(), stored::body);
        Receipt receipt = Receipt.open(
                Signed.parse(JSON.fromJson(stored.body(), PutAnswer.class).receipt()),
                HOST.keys().getPublic());
        assertEquals(NAMESAKE.id(), receipt.source());
        assertArrayEquals(
                theirs,
                RunningDaemon.fetch(guest, daemon.get(FragmentHasher.of(theirs)))
                        .body());
        assertEquals(404, status(daemon.get(FragmentHasher.of(theirs))));
        assertEquals(
                404,
                RunningDaemon.send(guest, daemon.get(FragmentHasher.of(ours))).statusCode());
        KeptList list = JSON.fromJson(
                RunningDaemon.send(guest, daemon.request("/v1/fragments")).body(), KeptList.class);
        assertEquals(1, list.fragments().size());

        byte[] more = octets(33, 1_000);
        assertEquals(
                "NO_ALLOTMENT",
                problem(RunningDaemon.send(guest, daemon.put(FragmentHasher.of(more), more, RIGHT)))
                        .kind());
        assertEquals(
                "NO_ALLOTMENT",
                problem(RunningDaemon.send(alice, daemon.put(FragmentHasher.of(more), more, right)))
                        .kind());
        byte[] tooMuch = octets(34, 5_100_000);
        assertEquals(
                "HOST_FULL",
                problem(RunningDaemon.send(guest, daemon.put(FragmentHasher.of(tooMuch), tooMuch, right)))
                        .kind());
        TestRealm strangers = new TestRealm();
        HttpClient stranger = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(strangers.tlsAbroad(strangers.member(50), HOST.id(), REALM.fingerprint()))
                .build();
        assertThrows(IOException.class, () -> RunningDaemon.send(stranger, daemon.request("/v1/status")));
        HttpClient deceived = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(GUESTS.tlsAbroad(NAMESAKE, HOST.id(), strangers.fingerprint()))
                .build();
        assertThrows(IOException.class, () -> RunningDaemon.send(deceived, daemon.request("/v1/status")));
    }

    @Test
    @Order(LAST)
    void survivesBeingKilledInTheMiddleOfAPut() throws IOException, InterruptedException {
        byte[] kept = octets(14, 500_000);
        put(kept);
        Status before = JSON.fromJson(
                RunningDaemon.send(alice, daemon.request("/v1/status")).body(), Status.class);
        try (HalfPut half = HalfPut.begin(REALM.tls(ALICE, number -> true), daemon, octets(15, 1_000_000), RIGHT)) {
            half.awaitPart(folder.resolve("home/incoming"));
            daemon.kill();
        }
        daemon.start(alice);
        assertNothingIncoming();
        assertArrayEquals(
                kept,
                RunningDaemon.fetch(alice, daemon.get(FragmentHasher.of(kept))).body());
        Status after = JSON.fromJson(
                RunningDaemon.send(alice, daemon.request("/v1/status")).body(), Status.class);
        assertEquals(before.boots() + 1, after.boots());
        assertEquals(before.capacity().keptBytes(), after.capacity().keptBytes());
        assertEquals(201, put(octets(15, 1_000_000)).statusCode());
    }

    private static HttpResponse<String> put(byte[] octets) throws IOException, InterruptedException {
        return RunningDaemon.send(alice, daemon.put(FragmentHasher.of(octets), octets, RIGHT));
    }

    private static Proofs prove(Challenges challenges) throws IOException, InterruptedException {
        HttpRequest.Builder post =
                daemon.request("/v1/proofs").POST(HttpRequest.BodyPublishers.ofString(JSON.toJson(challenges)));
        return JSON.fromJson(RunningDaemon.send(alice, post).body(), Proofs.class);
    }

    private static int proofStatus(String body) throws IOException, InterruptedException {
        return status(daemon.request("/v1/proofs")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8))));
    }

    private static int status(HttpRequest.Builder request) throws IOException, InterruptedException {
        return RunningDaemon.send(alice, request).statusCode();
    }

    private static Problem problem(HttpResponse<String> answer) {
        assertEquals(
                Problem.MEDIA_TYPE, answer.headers().firstValue("Content-Type").orElse(""), answer.body());
        Problem problem = JSON.fromJson(answer.body(), Problem.class);
        assertEquals(answer.statusCode(), problem.status());
        return problem;
    }

    private static void assertNothingIncoming() throws IOException {
        try (Stream<Path> parts = Files.list(folder.resolve("home/incoming"))) {
            assertEquals(0, parts.count());
        }
    }

    private static byte[] octets(long seed, int length) {
        byte[] octets = new byte[length];
        new Random(seed).nextBytes(octets);
        return octets;
    }
}
