package org.cranny.engine.transfer;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.cranny.engine.transfer.TransferException.Reason;
import org.cranny.protocol.custody.TrashAnswer;
import org.cranny.protocol.custody.TrashOrder;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.http.BoundedBody;
import org.cranny.protocol.http.TooLongException;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.json.ClosedJson;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.proof.Challenge;
import org.cranny.protocol.proof.Challenges;
import org.cranny.protocol.proof.Proof;
import org.cranny.protocol.proof.Proofs;
import org.cranny.protocol.receipt.KeptList;
import org.cranny.protocol.receipt.PutAnswer;
import org.cranny.protocol.receipt.Receipt;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.tls.MachineIdentity;
import org.cranny.protocol.tls.MutualTls;

/**
 * Daemons over HTTPS/1.1 with certificates on both sides. Each host gets a client of its own, because each must prove
 * that it is that very system.
 */
public final class HttpHosts implements Hosts, HostTrash, HostLists {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(120);

    /** Below this rate for each, fewer connections get more: a host waits for a pack for a quarter of an hour only. */
    private static final long WORTH_A_CONNECTION = 64 << 10;

    private static final int MOST_AT_ONCE = 16;

    /** A problem, or a receipt. */
    private static final int LARGEST_PROBLEM = 64 << 10;

    /** 10,000 fragments with their lengths. */
    private static final int LARGEST_LIST = 2 << 20;

    /** A leaf in Base64, with its path. */
    private static final long LARGEST_PROOF = 96 << 10;

    /** A fragment's id in an answer about many. */
    private static final long LARGEST_ID = 128;

    static {
        // Hosts close a connection that was idle for a minute; one that was idle for half of that is not used again.
        System.setProperty("jdk.httpclient.keepalive.timeout", "30");
    }

    private final MachineIdentity identity;
    private final Supplier<String> allotment;
    private final Limits limits;
    private final int uploadsAtOnce;
    private final Semaphore uploads;
    private final Function<Host, String> grants;
    private final Map<Long, HttpClient> clients = new ConcurrentHashMap<>();
    private final ExecutorService executor = Executors.newCachedThreadPool(HttpHosts::daemonThread);

    /** @param allotment gives the newest signed allotment, base64url */
    public HttpHosts(MachineIdentity identity, Supplier<String> allotment, Limits limits) {
        this(identity, allotment, null, limits);
    }

    private HttpHosts(
            MachineIdentity identity, Supplier<String> allotment, Function<Host, String> grants, Limits limits) {
        this.identity = identity;
        this.allotment = allotment;
        this.grants = grants;
        this.limits = limits;
        long slowest = limits.upload().slowest();
        long worth = Math.min(MOST_AT_ONCE, Math.max(1, slowest / WORTH_A_CONNECTION));
        uploadsAtOnce = slowest == 0 ? Integer.MAX_VALUE : (int) worth;
        uploads = new Semaphore(uploadsAtOnce);
    }

    /**
     * Reads fragments of another source, and can put none.
     *
     * @param grants gives a valid grant to read at a host, signed, base64url
     */
    public static HttpHosts reading(MachineIdentity identity, Function<Host, String> grants) {
        Supplier<String> none = () -> {
            throw new IllegalStateException("a reader of somebody else's fragments puts none");
        };
        return new HttpHosts(identity, none, grants, Limits.NONE);
    }

    @Override
    public Signed put(Host host, FragmentId fragment, Path octets) throws TransferException {
        HttpRequest request = request(host, "/v1/fragments/" + fragment)
                .timeout(patience(octets.toFile().length()))
                .header("Cranny-Allotment", allotment.get())
                .PUT(body(octets))
                .build();
        HttpResponse<byte[]> answer = upload(host, request);
        if (answer.statusCode() != 200 && answer.statusCode() != 201) {
            throw refusal(host, Answer.of(answer));
        }
        return checkedReceipt(host, fragment, octets, answer);
    }

    @Override
    public byte[] read(Host host, FragmentId fragment, long offset, int length) throws TransferException {
        HttpRequest request = request(host, "/v1/fragments/" + fragment)
                .header("Range", "bytes=" + offset + "-" + (offset + length - 1))
                .GET()
                .build();
        Answer answer = limits.download() == Throttle.NONE
                ? Answer.of(send(host, request, length))
                : slowly(host, request, length);
        if (answer.status() != 206 && answer.status() != 200) {
            throw refusal(host, answer);
        }
        if (answer.body().length != length) {
            String reason = " sent " + answer.body().length + " octets instead of " + length;
            throw new TransferException(Reason.WRONG, host.id(), host.name() + reason, null);
        }
        return answer.body();
    }

    @Override
    public KeptList list(Host host, FragmentId after) throws TransferException {
        String from = after == null ? "" : "?after=" + after;
        HttpResponse<byte[]> answer =
                send(host, request(host, "/v1/fragments" + from).GET().build(), LARGEST_LIST);
        if (answer.statusCode() != 200) {
            throw refusal(host, Answer.of(answer));
        }
        return readable(host, parse(host, answer.body(), KeptList.class));
    }

    private static KeptList readable(Host host, KeptList page) throws TransferException {
        try {
            page.fragments().forEach(kept -> Objects.requireNonNull(FragmentId.of(kept.fragment())));
            if (page.next() != null) {
                Objects.requireNonNull(FragmentId.of(page.next()));
            }
            return page;
        } catch (NullPointerException | IllegalArgumentException e) {
            throw new TransferException(Reason.WRONG, host.id(), host.name() + " sent an unreadable list", e);
        }
    }

    @Override
    public List<Spot> prove(Host host, List<Probe> probes) throws TransferException {
        List<Challenge> challenges = probes.stream()
                .map(probe -> new Challenge(probe.fragment().toString(), List.of(probe.leaf())))
                .toList();
        HttpRequest request = request(host, "/v1/proofs")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.BINDING.toJson(new Challenges(challenges))))
                .build();
        HttpResponse<byte[]> answer = send(host, request, LARGEST_PROOF * probes.size());
        if (answer.statusCode() != 200) {
            throw refusal(host, Answer.of(answer));
        }
        List<Proof> proofs = parse(host, answer.body(), Proofs.class).proofs();
        List<Spot> spots = new ArrayList<>(probes.size());
        for (int i = 0; i < probes.size(); i++) {
            Proof proof = proofs != null && i < proofs.size() ? proofs.get(i) : null;
            spots.add(new Spot(probes.get(i).fragment(), Proving.verdict(probes.get(i), proof)));
        }
        return spots;
    }

    @Override
    public TrashAnswer putAway(Host host, List<FragmentId> fragments) throws TransferException {
        return order(host, "/v1/trash", fragments);
    }

    @Override
    public TrashAnswer delete(Host host, List<FragmentId> fragments) throws TransferException {
        return order(host, "/v1/deletions", fragments);
    }

    private TrashAnswer order(Host host, String path, List<FragmentId> fragments) throws TransferException {
        TrashOrder order =
                new TrashOrder(fragments.stream().map(FragmentId::toString).toList());
        HttpRequest request = request(host, path)
                .header("Cranny-Allotment", allotment.get())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.BINDING.toJson(order)))
                .build();
        HttpResponse<byte[]> answer = send(host, request, LARGEST_ID * fragments.size());
        if (answer.statusCode() != 200) {
            throw refusal(host, Answer.of(answer));
        }
        return parse(host, answer.body(), TrashAnswer.class);
    }

    @Override
    public void close() {
        clients.clear();
        executor.shutdownNow();
    }

    private BodyPublisher body(Path octets) {
        try {
            return limits.upload() == Throttle.NONE
                    ? BodyPublishers.ofFile(octets)
                    : BodyPublishers.fromPublisher(
                            BodyPublishers.ofInputStream(() -> throttled(octets)), Files.size(octets));
        } catch (IOException e) {
            throw new IllegalStateException("the spooled pack is gone: " + octets, e);
        }
    }

    private InputStream throttled(Path octets) {
        try {
            return new ThrottledStream(Files.newInputStream(octets), limits.upload());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As long as it takes when all connections share the lowest rate. */
    private Duration patience(long length) {
        long slowest = limits.upload().slowest();
        return slowest == 0 ? ANSWER : ANSWER.plusSeconds(length * uploadsAtOnce / slowest);
    }

    private HttpResponse<byte[]> upload(Host host, HttpRequest request) throws TransferException {
        try {
            uploads.acquire();
        } catch (InterruptedException e) {
            throw stopped(host, e);
        }
        try {
            return send(host, request, LARGEST_PROBLEM);
        } finally {
            uploads.release();
        }
    }

    private Signed checkedReceipt(Host host, FragmentId fragment, Path octets, HttpResponse<byte[]> answer)
            throws TransferException {
        try {
            Signed signed =
                    Signed.parse(parse(host, answer.body(), PutAnswer.class).receipt());
            Receipt receipt = Receipt.open(signed, keyOf(answer));
            boolean ours = receipt.host().equals(peer(host))
                    && receipt.source().equals(identity.system())
                    && receipt.fragment().equals(fragment)
                    && receipt.length() == octets.toFile().length();
            if (ours) {
                return signed;
            }
        } catch (MalformedException e) {
            throw new TransferException(Reason.WRONG, host.id(), host.name() + " gave no valid receipt", e);
        }
        throw new TransferException(Reason.WRONG, host.id(), host.name() + " gave a receipt for something else", null);
    }

    /** The key that the host has just proven to have. */
    private static PublicKey keyOf(HttpResponse<?> answer) throws MalformedException {
        try {
            return answer.sslSession().orElseThrow().getPeerCertificates()[0].getPublicKey();
        } catch (SSLPeerUnverifiedException | NoSuchElementException e) {
            throw new MalformedException("the connection has no certificate");
        }
    }

    private HttpRequest.Builder request(Host host, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(host.address() + "/cranny" + path))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(ANSWER);
        return grants == null ? request : request.header("Cranny-Grant", grants.apply(host));
    }

    private record Answer(int status, byte[] body) {
        static Answer of(HttpResponse<byte[]> answer) {
            return new Answer(answer.statusCode(), answer.body());
        }
    }

    /** What is not taken yet, TCP keeps back. @param most octets of a right answer */
    private Answer slowly(Host host, HttpRequest request, int most) throws TransferException {
        HttpResponse<InputStream> answer = send(host, request, BoundedBody.stream());
        int largest = Math.max(most, LARGEST_PROBLEM);
        try (InputStream body = new ThrottledStream(answer.body(), limits.download())) {
            byte[] octets = body.readNBytes(largest + 1);
            if (octets.length > largest) {
                throw new TooLongException(largest);
            }
            return new Answer(answer.statusCode(), octets);
        } catch (IOException e) {
            throw failed(host, e);
        }
    }

    /** @param most octets of a right answer */
    private HttpResponse<byte[]> send(Host host, HttpRequest request, long most) throws TransferException {
        return send(host, request, BoundedBody.octets(Math.max(most, LARGEST_PROBLEM)));
    }

    /** A connection that broke is made once more, since every request may be repeated; silence is not waited for twice. */
    private <T> HttpResponse<T> send(Host host, HttpRequest request, BodyHandler<T> body) throws TransferException {
        HttpClient client = clients.computeIfAbsent(host.id(), id -> client(host));
        try {
            try {
                return client.send(request, body);
            } catch (ConnectException | HttpTimeoutException silent) {
                throw silent;
            } catch (IOException broken) {
                if (TooLongException.isCauseOf(broken)) {
                    throw broken;
                }
                return client.send(request, body);
            }
        } catch (IOException e) {
            throw failed(host, e);
        } catch (InterruptedException e) {
            throw stopped(host, e);
        }
    }

    private static TransferException failed(Host host, IOException e) {
        if (TooLongException.isCauseOf(e)) {
            return new TransferException(Reason.WRONG, host.id(), host.name() + " sent too much: " + reason(e), e);
        }
        return new TransferException(Reason.AWAY, host.id(), host.name() + " cannot be reached: " + reason(e), e);
    }

    private static TransferException stopped(Host host, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new TransferException(Reason.AWAY, host.id(), "stopped while talking to " + host.name(), e);
    }

    private HttpClient client(Host host) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(executor)
                .sslContext(MutualTls.toHost(identity, peer(host), host.authority()))
                .build();
    }

    private SystemId peer(Host host) {
        return host.system(identity.system().realm());
    }

    private TransferException refusal(Host host, Answer answer) {
        Problem problem = problem(answer);
        Reason reason =
                switch (answer.status()) {
                    // A daemon that is starting answers 404 to everything until its application is there.
                    case 404 -> problem == null ? Reason.AWAY : Reason.MISSING;
                    case 416 -> Reason.MISSING;
                    case 507, 413 -> Reason.FULL;
                    case 422 -> Reason.WRONG;
                    case 502, 503, 504 -> Reason.AWAY;
                    default -> Reason.REFUSED;
                };
        String detail = problem == null ? "status " + answer.status() : problem.detail();
        return new TransferException(reason, host.id(), host.name() + ": " + detail, null);
    }

    /** What the daemon said of it; null when it was not the daemon that answered. */
    private static Problem problem(Answer answer) {
        try {
            Problem problem = Json.BINDING.fromJson(ClosedJson.text(answer.body()), Problem.class);
            return problem == null || problem.detail() == null ? null : problem;
        } catch (MalformedException | RuntimeException e) {
            return null;
        }
    }

    private static <T> T parse(Host host, byte[] body, Class<T> type) throws TransferException {
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

    private static String reason(IOException e) {
        if (e instanceof ConnectException) {
            return "nothing answers at its address";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static Thread daemonThread(Runnable task) {
        Thread thread = new Thread(task, "hosts");
        thread.setDaemon(true);
        return thread;
    }

    /** Loaded only when the first answer is read. */
    private static final class Json {
        static final Jsonb BINDING = JsonbBuilder.create();
    }
}
