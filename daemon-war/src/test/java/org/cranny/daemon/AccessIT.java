package org.cranny.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.servlet.annotation.WebServlet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cranny.daemon.identity.TestRealm;
import org.cranny.daemon.identity.TestRealm.Member;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.grant.Act;
import org.cranny.protocol.grant.Grant;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.signing.PublicKeys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what at a daemon: every row of {@code docs/reference/access.md}, by everybody, with every grant that is not good. */
class AccessIT {
    private static final TestRealm REALM = new TestRealm();
    private static final TestRealm GUESTS = new TestRealm();
    private static final Member HOST = REALM.member(7);
    private static final Member CENTRAL = REALM.member(1);
    private static final Member ALICE = REALM.member(50);
    private static final Member BOB = REALM.member(51);
    private static final Member SHUT_OUT = REALM.member(66);
    private static final Member REPLACED = REALM.member(52);
    private static final Jsonb JSON = JsonbBuilder.create();
    private static final String SCRAPE_TOKEN = "0123456789abcdef0123456789abcdef";
    private static final byte[] OCTETS = "what alice keeps here".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final FragmentId ID = FragmentHasher.of(OCTETS);
    private static final int BITS = 37;

    @TempDir
    private static Path folder;

    private static RunningDaemon daemon;
    private static HttpClient alice;
    private static HttpClient bob;
    private static URI local;

    /** A row of the table. @param act that a grant is for, or null */
    private record Row(
            String method, String path, boolean anybody, boolean system, String own, boolean central, Act act) {
        static Row of(String line) {
            String[] cells =
                    Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
            String[] request = cells[1].replace("`", "").split(" ");
            String grant = cells[6].replace("with a grant to ", "");
            return new Row(
                    request[0],
                    request[1],
                    cells[2].equals("yes"),
                    cells[3].equals("yes"),
                    cells[4],
                    cells[5].equals("yes"),
                    grant.isEmpty() ? null : Act.valueOf(grant));
        }

        String target() {
            return path.replace("{id}", ID.toString());
        }

        HttpRequest.Builder request(HttpRequest.Builder at) {
            boolean bare = method.equals("GET") || method.equals("HEAD");
            return at.method(
                    method,
                    bare
                            ? HttpRequest.BodyPublishers.noBody()
                            : method.equals("PUT")
                                    ? HttpRequest.BodyPublishers.ofByteArray(OCTETS)
                                    : HttpRequest.BodyPublishers.ofString(
                                            "{\"fragments\":[\"" + ID + "\"],\"challenges\":[{\"fragment\":\"" + ID
                                                    + "\",\"leaves\":[0]}],\"anchor\":\"AAAA\"}"));
        }
    }

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        String address = RunningDaemon.freeAddress();
        Path home = folder.resolve("home");
        String nowhere = RunningDaemon.freeAddress();
        GUESTS.trustedBy(REALM.home(home, HOST, TestRealm.settings(address, nowhere)), "5M");
        Files.writeString(home.resolve("realm/revoked"), SHUT_OUT.id().number() + "\n");
        String replaced =
                HexFormat.of().formatHex(PublicKeys.fingerprint(REPLACED.keys().getPublic()));
        Files.writeString(home.resolve("realm/revoked-keys"), replaced + "\n");
        local = URI.create(RunningDaemon.freeAddress().replace("https:", "http:"));
        Files.writeString(
                home.resolve("daemon.properties"), "health-port=" + local.getPort() + "\n", StandardOpenOption.APPEND);
        Files.writeString(home.resolve("scrape-token"), SCRAPE_TOKEN + "\n");
        alice = RunningDaemon.client(REALM, ALICE, HOST);
        bob = RunningDaemon.client(REALM, BOB, HOST);
        daemon = new RunningDaemon(home, address).start(alice);
        String right = REALM.sign(REALM.allotment(ALICE, 1L << 20, 1L << 20)).text();
        assertEquals(
                201, RunningDaemon.send(alice, daemon.put(ID, OCTETS, right)).statusCode());
    }

    @AfterAll
    static void stop() throws IOException {
        daemon.close();
    }

    @Test
    void everyServletStandsInTheTableAndInTheProtocol() throws IOException {
        Set<String> served = new TreeSet<>();
        for (JavaClass each : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.cranny.daemon")) {
            each.tryGetAnnotationOfType(WebServlet.class).ifPresent(servlet -> Stream.concat(
                            Arrays.stream(servlet.value()), Arrays.stream(servlet.urlPatterns()))
                    .filter(pattern -> !pattern.equals("/"))
                    .map(pattern -> pattern.replace("/*", "/{id}"))
                    .forEach(served::add));
        }
        assertEquals(served, rows().stream().map(Row::path).collect(Collectors.toCollection(TreeSet::new)));
        String protocol = Files.readString(Path.of("../docs/protocol/daemon.md"));
        for (Row row : rows()) {
            assertTrue(protocol.contains("`" + row.method() + " " + row.path()), row::toString);
        }
    }

    @Test
    void whoeverShowsNoCertificateHasWhatIsForAnybody() throws Exception {
        HttpClient nobody = HttpClient.newHttpClient();
        for (Row row : rows()) {
            for (String header : List.of("X-None", "Authorization")) {
                HttpRequest.Builder request = row.request(
                                HttpRequest.newBuilder(URI.create(local + "/cranny" + row.target())))
                        .header(header, "Bearer " + SCRAPE_TOKEN);
                boolean scrapes = header.equals("Authorization") && row.path().equals("/v1/metrics");
                assertEquals(
                        row.anybody() || scrapes ? 200 : 401,
                        RunningDaemon.send(nobody, request).statusCode(),
                        row::toString);
            }
        }
    }

    @Test
    void theTokenOfTheScraperIsGoodAsItIsAndInNoOtherWay() throws Exception {
        HttpClient nobody = HttpClient.newHttpClient();
        for (String token : mutants(SCRAPE_TOKEN)) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(local + "/cranny/v1/metrics"))
                    .header("Authorization", "Bearer " + token);
            assertEquals(401, RunningDaemon.send(nobody, request).statusCode(), token);
        }
    }

    @Test
    void whoeverWasShutOutOrReplacedHasWhatIsForAnybody() throws Exception {
        for (Member gone : List.of(SHUT_OUT, REPLACED)) {
            HttpClient client = RunningDaemon.client(REALM, gone, HOST);
            for (Row row : rows()) {
                assertEquals(row.anybody() ? "200" : "403 REVOKED", answer(client, row, null), row::toString);
            }
        }
    }

    @Test
    void aSystemHasWhatIsForSystemsAndNothingOfAnothersFragments() throws Exception {
        for (Member member : List.of(BOB, HOST)) {
            HttpClient client = RunningDaemon.client(REALM, member, HOST);
            for (Row row : rows()) {
                assertEquals(withoutGrant(row), answer(client, row, null), row::toString);
            }
        }
        assertTrue(
                RunningDaemon.send(bob, daemon.request("/v1/fragments")).body().contains("\"fragments\":[]"));
        stillThere();
    }

    @Test
    void aSystemOfAnotherRealmHasNoMore() throws Exception {
        HttpClient guest = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(GUESTS.tlsAbroad(GUESTS.member(50), HOST.id(), REALM.fingerprint()))
                .build();
        for (Row row : rows()) {
            assertEquals(withoutGrant(row), answer(guest, row, null), row::toString);
        }
        stillThere();
    }

    @Test
    void centralHasNoMoreThanThatAndItsAnchors() throws Exception {
        HttpClient central = RunningDaemon.client(REALM, CENTRAL, HOST);
        for (Row row : rows()) {
            assertEquals(
                    row.central() ? "400 BAD_REQUEST" : withoutGrant(row), answer(central, row, null), row::toString);
        }
        stillThere();
    }

    @Test
    void everyOtherMethodIsRefused() throws Exception {
        for (String path : rows().stream().map(Row::target).distinct().toList()) {
            for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "MOVE")) {
                boolean listed = rows().stream()
                        .anyMatch(
                                row -> row.target().equals(path) && row.method().equals(method));
                // What tells anybody how it is may be asked for its head.
                boolean head = path.startsWith("/v1/health/") && method.equals("HEAD");
                if (!listed && !head) {
                    HttpRequest.Builder request =
                            daemon.request(path).method(method, HttpRequest.BodyPublishers.noBody());
                    int status = RunningDaemon.send(alice, request).statusCode();
                    assertTrue(status >= 400 && status < 500, method + " " + path + " is answered " + status);
                }
            }
        }
        stillThere();
    }

    @Test
    void aGrantIsGoodForItsActAndForNoOtherRequest() throws Exception {
        for (Act act : Act.values()) {
            for (Row row : rows()) {
                if (row.act() != null && row.act() != act) {
                    assertEquals("403 NO_GRANT", answer(bob, row, text(grant(act))), () -> row + " with " + act);
                }
            }
        }
        for (Row row : rows()) {
            if (row.act() == Act.READ) {
                assertEquals("200", answer(bob, row, text(grant(Act.READ))), row::toString);
            }
        }
        stillThere();
    }

    @Test
    void aGrantThatIsSpoiltInAnyWayIsGoodForNothingAnywhere() throws Exception {
        for (Row row : rows()) {
            if (row.act() == null) {
                continue;
            }
            Grant good = grant(row.act());
            List<String> bad = new ArrayList<>(mutants(text(good)));
            byte[] octets = Base64.getUrlDecoder().decode(text(good));
            for (int bit = row.path().length() % BITS; bit < octets.length * 8; bit += BITS) {
                byte[] flipped = octets.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                bad.add(Base64.getUrlEncoder().withoutPadding().encodeToString(flipped));
            }
            for (int length = 0; length < octets.length; length += BITS) {
                bad.add(Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(octets, length)));
            }
            bad.addAll(List.of(
                    text(grant(row.act(), CENTRAL, BOB, Duration.ZERO)),
                    text(grant(row.act(), HOST, ALICE, Duration.ZERO)),
                    text(grant(row.act(), HOST, BOB, Duration.ofHours(-1))),
                    text(grant(row.act(), HOST, BOB, Duration.ofHours(1))),
                    sign(good, REALM.masterFileKey()),
                    sign(good, GUESTS.grantKey()),
                    REALM.sign(REALM.allotment(BOB, 1L << 20, 1L << 20)).text(),
                    REALM.realmKeys()));
            // Two spellings of the same octets are the same grant.
            bad.removeIf(grant -> Arrays.equals(octets, decoded(grant)));
            for (String grant : bad) {
                String answer = answer(bob, row, grant);
                assertTrue(answer.equals("403 NO_GRANT"), () -> row + " answers " + answer + " to " + grant);
            }
        }
        stillThere();
    }

    private static void stillThere() throws IOException, InterruptedException {
        assertEquals(200, RunningDaemon.send(alice, daemon.get(ID)).statusCode());
    }

    /** What somebody hears who has nothing here and shows no grant. */
    private static String withoutGrant(Row row) {
        if (row.anybody() || row.system()) {
            return "200";
        }
        if (row.central()) {
            return "403 NOT_ALLOWED";
        }
        if (row.method().equals("PUT")) {
            return "403 NO_ALLOTMENT";
        }
        if (row.own().equals("yes")) {
            // There is nothing of theirs: a list is empty, and a proof says so.
            return row.path().endsWith("{id}") ? "404" : "200";
        }
        return "403 NO_GRANT";
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(Path.of("../docs/reference/access.md"))) {
            inside = line.startsWith("| At a daemon |") || inside && line.startsWith("|");
            if (inside && line.startsWith("| `")) {
                rows.add(Row.of(line));
            }
        }
        assertTrue(rows.size() > 10, rows::toString);
        return rows;
    }

    /** The status, and the kind where that says more than the status. */
    private static String answer(HttpClient client, Row row, String grant) throws IOException, InterruptedException {
        HttpRequest.Builder request = row.request(daemon.request(row.target()));
        if (grant != null) {
            request.header("Cranny-Grant", grant);
        }
        HttpResponse<String> answer = RunningDaemon.send(client, request);
        String status = Integer.toString(answer.statusCode());
        if (row.method().equals("HEAD") && answer.statusCode() == 403) {
            return grant == null ? "403 REVOKED" : "403 NO_GRANT";
        }
        return Set.of(400, 403).contains(answer.statusCode())
                ? status + " " + JSON.fromJson(answer.body(), Problem.class).kind()
                : status;
    }

    /** Null when these are no octets. */
    private static byte[] decoded(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** A text of which one character is another one, is left out, is there twice, or is written otherwise. */
    private static List<String> mutants(String text) {
        List<String> all = new ArrayList<>(List.of(
                "",
                "=",
                text + "=",
                text + "0",
                "0" + text,
                text + text,
                text + "," + text,
                text.toUpperCase(java.util.Locale.ROOT),
                new StringBuilder(text).reverse().toString()));
        for (int i = 0; i < text.length(); i += BITS) {
            char other = text.charAt(i) == 'A' ? 'B' : 'A';
            all.add(text.substring(0, i) + other + text.substring(i + 1));
            all.add(text.substring(0, i) + text.substring(i + 1));
            all.add(text.substring(0, i) + text.charAt(i) + text.substring(i));
        }
        all.remove(text);
        return all;
    }

    private static Grant grant(Act act) {
        return grant(act, HOST, BOB, Duration.ZERO);
    }

    private static Grant grant(Act act, Member at, Member holder, Duration later) {
        Instant now = Instant.now().plus(later);
        byte[] serial = new byte[Grant.SERIAL_OCTETS];
        new SecureRandom().nextBytes(serial);
        return new Grant(
                act,
                at.id(),
                PublicKeys.fingerprint(holder.keys().getPublic()),
                ALICE.id(),
                now.minusSeconds(60),
                now.plusSeconds(600),
                1 << 20,
                serial,
                List.of());
    }

    private static String text(Grant grant) {
        return sign(grant, REALM.grantKey());
    }

    private static String sign(Grant grant, PrivateKey key) {
        return grant.sign(key).text();
    }
}
