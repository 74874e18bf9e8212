package org.cranny.engine.transfer;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.cranny.engine.transfer.TransferException.Reason;
import org.cranny.protocol.http.BoundedBody;
import org.cranny.protocol.http.Exchange;
import org.cranny.protocol.http.TooLongException;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.json.ClosedJson;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.tls.MachineIdentity;
import org.cranny.protocol.tls.MutualTls;

/**
 * Requests to daemons over HTTPS/1.1 with certificates on both sides, and what their answers mean. Each host gets a client
 * of its own, because each must prove that it is that very system. Thread-safe.
 */
final class HostRequests implements AutoCloseable {
    /** How long an answer is waited for, unless a request says otherwise. */
    static final Duration ANSWER = Duration.ofSeconds(120);

    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** A problem, or a receipt. */
    private static final int LARGEST_PROBLEM = 64 << 10;

    private static final String GRANT = "Cranny-Grant";
    private static final Set<Integer> OK = Set.of(200);
    private static final Set<Integer> STORED = Set.of(200, 201);

    static {
        // Hosts close a connection that was idle for a minute; one that was idle for half of that is not used again.
        System.setProperty("jdk.httpclient.keepalive.timeout", "30");
    }

    private final MachineIdentity identity;
    private final Function<Host, String> grants;
    private final Map<Long, HttpClient> clients = new ConcurrentHashMap<>();
    private final Map<Long, SSLSocketFactory> doors = new ConcurrentHashMap<>();
    private final ExecutorService executor = Executors.newCachedThreadPool(HostRequests::daemonThread);

    /** @param grants gives a grant for each request; null where the machine asks for its own fragments */
    HostRequests(MachineIdentity identity, Function<Host, String> grants) {
        this.identity = identity;
        this.grants = grants;
    }

    HttpRequest.Builder to(Host host, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(host, path))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(ANSWER);
        return grants == null ? request : request.header(GRANT, grants.apply(host));
    }

    /** A request that brings JSON. */
    HttpRequest.Builder post(Host host, String path, Object body) {
        return to(host, path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.BINDING.toJson(body)));
    }

    /** The JSON of an answer with status 200. @param most octets of a right answer */
    <T> T ask(Host host, HttpRequest request, long most, Class<T> type) throws TransferException {
        return parse(host, send(host, request, most, OK).body(), type);
    }

    /**
     * Sends, and reads the whole answer.
     *
     * @param most octets of a right answer
     * @param right the statuses of one
     */
    HttpResponse<byte[]> send(Host host, HttpRequest request, long most, Set<Integer> right) throws TransferException {
        HttpResponse<byte[]> answer = send(host, request, BoundedBody.octets(Math.max(most, LARGEST_PROBLEM)));
        requireRight(host, answer.statusCode(), answer.body(), right);
        return answer;
    }

    /**
     * Gets octets, and reads the whole answer, no faster than the rate allows: what is not taken yet, TCP keeps back.
     *
     * @param most octets of a right answer
     * @param right the statuses of one
     */
    byte[] get(Host host, String path, String range, int most, Set<Integer> right, Throttle rate)
            throws TransferException {
        Map<String, String> headers =
                grants == null ? Map.of("Range", range) : Map.of("Range", range, GRANT, grants.apply(host));
        BlockingExchange exchange = new BlockingExchange(address(host, path), door(host), headers, null, rate);
        BlockingExchange.Answer answer =
                persistently(host, () -> exchange.send(executor, ANSWER, Math.max(most, LARGEST_PROBLEM)));
        requireRight(host, answer.status(), answer.body(), right);
        return answer.body();
    }

    /**
     * Puts a file, and reads the whole answer.
     *
     * @param patience until the answer begins
     */
    BlockingExchange.Answer put(Host host, String path, Path file, Throttle rate, String allotment, Duration patience)
            throws TransferException {
        BlockingExchange exchange = new BlockingExchange(
                address(host, path), door(host), Map.of("Cranny-Allotment", allotment), file, rate);
        BlockingExchange.Answer answer = persistently(host, () -> exchange.send(executor, patience, LARGEST_PROBLEM));
        requireRight(host, answer.status(), answer.body(), STORED);
        return answer;
    }

    private SSLSocketFactory door(Host host) {
        return doors.computeIfAbsent(
                host.id(), id -> new AbruptSockets(tls(host).getSocketFactory()));
    }

    private <T> HttpResponse<T> send(Host host, HttpRequest request, BodyHandler<T> body) throws TransferException {
        HttpClient client = clients.computeIfAbsent(host.id(), id -> client(host));
        return persistently(host, () -> Exchange.send(client, request, body));
    }

    private interface Sending<T> {
        T send() throws IOException, InterruptedException;
    }

    /** A connection that broke is made once more, since every request may be repeated; silence is not waited for twice. */
    private static <T> T persistently(Host host, Sending<T> sending) throws TransferException {
        try {
            try {
                return sending.send();
            } catch (ConnectException | HttpTimeoutException | ProtocolException hopeless) {
                throw hopeless;
            } catch (IOException broken) {
                if (TooLongException.isCauseOf(broken)) {
                    throw broken;
                }
                return sending.send();
            }
        } catch (IOException e) {
            throw failed(host, e);
        } catch (InterruptedException e) {
            throw stopped(host, e);
        }
    }

    private HttpClient client(Host host) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(executor)
                .sslContext(tls(host))
                .build();
    }

    private SSLContext tls(Host host) {
        return MutualTls.toHost(identity, peer(host), host.authority());
    }

    private static URI address(Host host, String path) {
        return URI.create(host.address() + "/cranny" + path);
    }

    /** Who answers, or nobody does. */
    SystemId peer(Host host) {
        return host.system(identity.system().realm());
    }

    /** @throws TransferException WRONG when this is not that as JSON */
    <T> T parse(Host host, byte[] body, Class<T> type) throws TransferException {
        try {
            T answer = Json.BINDING.fromJson(ClosedJson.text(body), type);
            if (answer != null) {
                return answer;
            }
        } catch (MalformedException | RuntimeException e) {
            throw new TransferException(Reason.WRONG, host.id(), host.name() + " sent an unreadable answer", e);
        }
        throw new TransferException(Reason.WRONG, host.id(), host.name() + " sent no answer", null);
    }

    private static void requireRight(Host host, int status, byte[] body, Set<Integer> right) throws TransferException {
        if (right.contains(status)) {
            return;
        }
        Problem problem = problem(body);
        Reason reason =
                switch (status) {
                    // A daemon that is starting answers 404 to everything until its application is there.
                    case 404 -> problem == null ? Reason.AWAY : Reason.MISSING;
                    case 416 -> Reason.MISSING;
                    case 507, 413 -> Reason.FULL;
                    case 422 -> Reason.WRONG;
                    case 502, 503, 504 -> Reason.AWAY;
                    default -> Reason.REFUSED;
                };
        String detail = problem == null ? "status " + status : problem.detail();
        throw new TransferException(reason, host.id(), host.name() + ": " + detail, null);
    }

    /** What the daemon said of it; null when it was not the daemon that answered. */
    private static Problem problem(byte[] body) {
        try {
            Problem problem = Json.BINDING.fromJson(ClosedJson.text(body), Problem.class);
            return problem == null || problem.detail() == null ? null : problem;
        } catch (MalformedException | RuntimeException e) {
            return null;
        }
    }

    private static TransferException failed(Host host, IOException e) {
        if (e instanceof ProtocolException) {
            return new TransferException(Reason.WRONG, host.id(), host.name() + ": " + e.getMessage(), e);
        }
        if (TooLongException.isCauseOf(e)) {
            return new TransferException(Reason.WRONG, host.id(), host.name() + " sent too much: " + reason(e), e);
        }
        return new TransferException(Reason.AWAY, host.id(), host.name() + " cannot be reached: " + reason(e), e);
    }

    private static String reason(IOException e) {
        if (e instanceof ConnectException) {
            return "nothing answers at its address";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    static TransferException stopped(Host host, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new TransferException(Reason.AWAY, host.id(), "stopped while talking to " + host.name(), e);
    }

    static Thread daemonThread(Runnable task) {
        Thread thread = new Thread(task, "hosts");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        clients.clear();
        executor.shutdownNow();
    }

    /** Loaded only when the first answer is read. */
    private static final class Json {
        static final Jsonb BINDING = JsonbBuilder.create();
    }
}
