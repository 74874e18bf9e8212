package org.cranny.client.stub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.cranny.client.central.Realm;
import org.cranny.protocol.browse.Question;
import org.cranny.protocol.enrollment.DepositLine;
import org.cranny.protocol.enrollment.Enrolled;
import org.cranny.protocol.enrollment.EnrollmentRequest;
import org.cranny.protocol.enrollment.EscrowDeposit;
import org.cranny.protocol.enrollment.Renewal;
import org.cranny.protocol.enrollment.RenewalChallenge;
import org.cranny.protocol.enrollment.RenewalRequest;
import org.cranny.protocol.enrollment.Token;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.policy.EffectivePolicy;
import org.cranny.protocol.policy.Policy;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.tls.MachineIdentity;

/**
 * A central of a few lines over real TLS: a people's and a machines' listener on loopback. It enrolls, keeps what it is
 * given, answers what a test told it to answer, and remembers every request.
 */
public final class StubCentral implements AutoCloseable {
    public static final String TOKEN = "good-token";
    public static final String OLD_TOKEN = "old-token";

    /** Name and password of somebody who may let machines of theirs join. */
    public static final String ANN = "ann:correct horse";

    private static final long FIRST_SYSTEM = 7;

    private volatile PublicKey enrolledKey;
    private volatile Certificate shown;

    /** One request as it came. @param path with its query @param connection number of the caller's port */
    public record Seen(String method, String path, String body, int connection) {}

    /** One answer to give, once. */
    public record Answer(int status, String type, String body) {
        public static Answer json(Object value) {
            return new Answer(200, "application/json", JSON.toJson(value));
        }

        public static Answer problem(Problem problem) {
            return new Answer(problem.status(), Problem.MEDIA_TYPE, JSON.toJson(problem));
        }
    }

    private static final Jsonb JSON = JsonbBuilder.create();

    private final TestRealm realm;
    private final HttpsServer people;
    private final HttpsServer machines;
    private final StubCatalogue catalogue;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<DepositLine> deposits = new CopyOnWriteArrayList<>();
    private final StubJobs jobs = new StubJobs();
    private final StubEvents events = new StubEvents();
    private volatile String masterFile;
    private volatile Question question;
    private volatile boolean escrowRefused;
    private volatile boolean deafToFindings;
    private volatile boolean deafToRestores;
    private volatile boolean away;
    private volatile String silent = "none";
    private final CountDownLatch askedInVain = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    private StubCentral(TestRealm realm, MachineIdentity server) throws Exception {
        this.realm = realm;
        this.catalogue = new StubCatalogue(realm);
        this.masterFile = realm.masterFile(1, 2, 3).text();
        people = TlsServers.listen(server, false, exchange -> handle(exchange, false));
        machines = TlsServers.listen(server, true, exchange -> handle(exchange, true));
    }

    public static StubCentral start(TestRealm realm) throws Exception {
        return new StubCentral(realm, realm.machine(1));
    }

    /** Somebody else, with a certificate of this identity, at central's place. */
    public static StubCentral startAs(TestRealm realm, MachineIdentity server) throws Exception {
        return new StubCentral(realm, server);
    }

    public URI peopleUrl() {
        return URI.create("https://127.0.0.1:" + people.getAddress().getPort());
    }

    public URI machinesUrl() {
        return URI.create("https://127.0.0.1:" + machines.getAddress().getPort());
    }

    public List<Seen> seen() {
        return List.copyOf(seen);
    }

    public List<String> paths() {
        return seen.stream().map(each -> each.method() + " " + each.path()).toList();
    }

    /** Whether what lists files came with each deposit, oldest first. */
    public List<Boolean> browseDeposits() {
        return deposits.stream().map(DepositLine::browse).toList();
    }

    /** The next requests to the machines' listener get these, in order, whatever they ask. */
    public synchronized void answer(Answer... next) {
        answers.addAll(List.of(next));
    }

    /** What the last caller of the machines' listener showed. */
    public Certificate shown() {
        return shown;
    }

    public void masterFile(String text) {
        masterFile = text;
    }

    public StubJobs jobs() {
        return jobs;
    }

    public StubEvents events() {
        return events;
    }

    /** From now on requests below this path get no answer until the stub is closed. */
    public void keepSilentAt(String path) {
        silent = path;
    }

    /** Waits until somebody waits for an answer in vain. */
    public boolean isAskedInVain() throws InterruptedException {
        return askedInVain.await(60, TimeUnit.SECONDS);
    }

    /** What is asked under every number. */
    public void question(Question asked) {
        question = asked;
    }

    public void refuseEscrow(boolean refuse) {
        escrowRefused = refuse;
    }

    /** Whether machines are answered as by a server without the application. */
    public void goAway(boolean gone) {
        away = gone;
    }

    /** As if it were away whenever somebody tells of a copy. */
    public void hearFindings(boolean hear) {
        deafToFindings = !hear;
    }

    /** As if it were away whenever somebody tells of a restore. */
    public void hearRestores(boolean hear) {
        deafToRestores = !hear;
    }

    private void handle(HttpExchange exchange, boolean fromMachine) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().toString();
        seen.add(new Seen(
                exchange.getRequestMethod(),
                path,
                body,
                exchange.getRemoteAddress().getPort()));
        if (fromMachine) {
            shown = ((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0];
        }
        if (path.startsWith(silent)) {
            askedInVain.countDown();
            awaitClose();
        }
        if (fromMachine && path.equals("/api/v1/events") && events.answers()) {
            events.stream(exchange);
            return;
        }
        Answer answer = fromMachine
                ? machineAnswer(exchange, path, body)
                : peopleAnswer(path, body, exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] octets = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        boolean empty = answer.status() == 204 || answer.status() == 304;
        exchange.sendResponseHeaders(answer.status(), empty ? -1 : octets.length);
        if (!empty) {
            exchange.getResponseBody().write(octets);
        }
        exchange.close();
    }

    private void awaitClose() throws IOException {
        try {
            closed.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private synchronized Answer machineAnswer(HttpExchange exchange, String path, String body) throws IOException {
        if (away) {
            return new Answer(503, "text/html", "<html>not now</html>");
        }
        if (!answers.isEmpty()) {
            return answers.poll();
        }
        if (path.startsWith("/api/v1/master-file")) {
            return new Answer(200, "application/x-ndjson", masterFile);
        }
        if (path.startsWith("/api/v1/jobs/")) {
            return jobs.answer(path, body);
        }
        if (path.startsWith("/api/v1/questions/")) {
            return path.endsWith("/answer") ? new Answer(204, "application/json", "") : Answer.json(question);
        }
        if (path.equals("/api/v1/realm")) {
            String certificate = TestRealm.pem(realm.authorityCertificate());
            return Answer.json(new Realm(
                    realm.id().hex(),
                    realm.fingerprint(),
                    certificate,
                    realm.signedKeys(),
                    machinesUrl().toString()));
        }
        if (path.equals("/api/v1/policy")) {
            return Answer.json(new EffectivePolicy("none", Policy.EMPTY, List.of(), List.of()));
        }
        if (path.equals("/api/v1/escrow") && !escrowRefused) {
            return exchange.getRequestMethod().equals("GET")
                    ? Answer.json(deposits)
                    : deposited(JSON.fromJson(body, EscrowDeposit.class));
        }
        if (path.equals("/api/v1/escrow")) {
            return new Answer(503, "text/html", "<html>not now</html>");
        }
        if (path.equals("/api/v1/findings") && deafToFindings) {
            return new Answer(503, "text/html", "<html>not now</html>");
        }
        if (path.equals("/api/v1/restores")) {
            return deafToRestores
                    ? new Answer(503, "text/html", "<html>not now</html>")
                    : new Answer(204, "application/json", "");
        }
        PublicKey source = ((HttpsExchange) exchange)
                .getSSLSession()
                .getPeerCertificates()[0]
                .getPublicKey();
        return catalogue.answer(exchange.getRequestMethod(), path, body, source);
    }

    private Answer deposited(EscrowDeposit deposit) {
        deposits.add(new DepositLine(deposit.generation(), "2030-01-01T00:00:00Z", deposit.browse() != null));
        return new Answer(204, "application/json", "");
    }

    private Answer peopleAnswer(String path, String body, String proof) {
        if (path.equals("/api/v1/tokens/own")) {
            String ann = "Basic " + Base64.getEncoder().encodeToString(ANN.getBytes(StandardCharsets.UTF_8));
            return ann.equals(proof)
                    ? new Answer(201, "application/json", JSON.toJson(new Token(TOKEN, "2030-01-01T00:00:00Z", "")))
                    : Answer.problem(Problem.of(ProblemKind.NOT_LOGGED_IN, "Name or password are wrong"));
        }
        if (path.equals("/api/v1/renewals/challenge")) {
            String challenge = Base64.getUrlEncoder().encodeToString(new byte[Renewal.CHALLENGE_OCTETS]);
            return new Answer(200, "application/json", JSON.toJson(new RenewalChallenge(challenge)));
        }
        if (path.equals("/api/v1/renewals")) {
            return renewed(JSON.fromJson(body, RenewalRequest.class));
        }
        if (!path.equals("/api/v1/enrollments")) {
            return new Answer(404, "text/html", "<html>no</html>");
        }
        EnrollmentRequest request = JSON.fromJson(body, EnrollmentRequest.class);
        if (OLD_TOKEN.equals(request.token())) {
            return Answer.problem(Problem.of(ProblemKind.EXPIRED_TOKEN, "This token was good until yesterday"));
        }
        if (!TOKEN.equals(request.token())) {
            return Answer.problem(Problem.of(ProblemKind.UNKNOWN_TOKEN, "There is no such token"));
        }
        return enrolled(TestRealm.keyOf(request.csr()));
    }

    /** Takes the key of the machine that enrolled last. */
    private Answer renewed(RenewalRequest request) {
        try {
            Renewal.open(Signed.parse(request.renewal()), enrolledKey);
            return enrolled(enrolledKey);
        } catch (MalformedException e) {
            return Answer.problem(Problem.of(ProblemKind.NOT_ALLOWED, "a stranger"));
        }
    }

    private Answer enrolled(PublicKey key) {
        enrolledKey = key;
        SystemId system = realm.system(FIRST_SYSTEM);
        List<String> chain =
                List.of(TestRealm.pem(realm.issue(system, key)), TestRealm.pem(realm.authorityCertificate()));
        Enrolled enrolled = new Enrolled(
                system.number(),
                realm.id().hex(),
                chain,
                realm.signedKeys(),
                machinesUrl().toString(),
                realm.allotment(system, key));
        return new Answer(201, "application/json", JSON.toJson(enrolled));
    }

    @Override
    public void close() {
        closed.countDown();
        events.close();
        people.stop(0);
        machines.stop(0);
    }
}
