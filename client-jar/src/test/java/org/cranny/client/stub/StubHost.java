package org.cranny.client.stub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.fragment.LeafHashes;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.proof.Challenge;
import org.cranny.protocol.proof.Challenges;
import org.cranny.protocol.proof.Leaf;
import org.cranny.protocol.proof.Proof;
import org.cranny.protocol.proof.Proofs;
import org.cranny.protocol.receipt.Kept;
import org.cranny.protocol.receipt.KeptList;
import org.cranny.protocol.receipt.PutAnswer;
import org.cranny.protocol.receipt.Receipt;
import org.cranny.protocol.tls.MachineIdentity;
import org.cranny.protocol.tls.PeerCheck;

/** A daemon of a few lines over real TLS: keeps fragments in memory, serves ranges and proofs. */
public final class StubHost implements AutoCloseable {
    private static final Jsonb JSON = JsonbBuilder.create();
    private static final String FRAGMENTS = "/cranny/v1/fragments/";

    private final MachineIdentity identity;
    private final HttpsServer server;
    private final Map<String, byte[]> kept = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean stuck;
    private final AtomicInteger toBreak = new AtomicInteger();

    private StubHost(MachineIdentity identity) throws Exception {
        this.identity = identity;
        this.server = TlsServers.listen(identity, true, this::handle);
    }

    public static StubHost start(MachineIdentity identity) throws Exception {
        return new StubHost(identity);
    }

    public URI url() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    public Map<String, byte[]> kept() {
        return kept;
    }

    /** From now on nothing that is put gets an answer. */
    public void getStuck() {
        stuck = true;
    }

    /** What comes from now on is answered again. */
    public void getFree() {
        stuck = false;
    }

    /** So many of the next fragments that are asked for end in the middle, and the connection with them. */
    public void breakAnswers(int count) {
        toBreak.set(count);
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith(FRAGMENTS)) {
            fragment(exchange, path.substring(FRAGMENTS.length()), body);
        } else if (path.equals("/cranny/v1/fragments")) {
            List<Kept> all = new ArrayList<>();
            new TreeMap<>(kept).forEach((id, octets) -> all.add(new Kept(id, octets.length)));
            answer(exchange, 200, JSON.toJson(new KeptList(all, null)).getBytes(StandardCharsets.UTF_8));
        } else if (path.equals("/cranny/v1/proofs")) {
            answer(exchange, 200, JSON.toJson(proofs(body)).getBytes(StandardCharsets.UTF_8));
        } else {
            answer(exchange, 200, status().getBytes(StandardCharsets.UTF_8));
        }
        exchange.close();
    }

    private void fragment(HttpExchange exchange, String id, byte[] body) throws IOException {
        if (exchange.getRequestMethod().equals("PUT")) {
            awaitCloseWhenStuck();
            kept.put(id, body);
            answer(exchange, 201, JSON.toJson(receipt(exchange, id, body)).getBytes(StandardCharsets.UTF_8));
            return;
        }
        byte[] octets = kept.get(id);
        if (octets == null) {
            Problem missing = Problem.of(ProblemKind.NOT_FOUND, "no fragment " + id + " of this source is here");
            answer(exchange, 404, JSON.toJson(missing).getBytes(StandardCharsets.UTF_8));
            return;
        }
        String[] range = exchange.getRequestHeaders()
                .getFirst("Range")
                .replace("bytes=", "")
                .split("-");
        int from = Integer.parseInt(range[0]);
        byte[] wanted = Arrays.copyOfRange(octets, from, Integer.parseInt(range[1]) + 1);
        if (toBreak.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            exchange.sendResponseHeaders(206, wanted.length);
            exchange.getResponseBody().write(wanted, 0, wanted.length / 2);
            exchange.getResponseBody().flush();
        } else {
            answer(exchange, 206, wanted);
        }
    }

    private PutAnswer receipt(HttpExchange exchange, String id, byte[] body) throws IOException {
        try {
            X509Certificate caller =
                    (X509Certificate) ((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0];
            Receipt receipt = new Receipt(
                    identity.system(), PeerCheck.systemOf(caller), FragmentId.of(id), body.length, Instant.now());
            return new PutAnswer(receipt.sign(identity.key()).text());
        } catch (CertificateException e) {
            throw new IOException(e);
        }
    }

    private Proofs proofs(byte[] body) {
        List<Proof> proofs = new ArrayList<>();
        for (Challenge challenge : JSON.fromJson(new String(body, StandardCharsets.UTF_8), Challenges.class)
                .challenges()) {
            byte[] octets = kept.get(challenge.fragment());
            proofs.add(
                    octets == null
                            ? new Proof(challenge.fragment(), -1, List.of())
                            : new Proof(challenge.fragment(), octets.length, leaves(octets, challenge.leaves())));
        }
        return new Proofs(proofs);
    }

    private static List<Leaf> leaves(byte[] octets, List<Integer> numbers) {
        FragmentHasher hasher = new FragmentHasher();
        hasher.update(octets, 0, octets.length);
        LeafHashes hashes = hasher.tree();
        return numbers.stream()
                .map(number -> {
                    int from = number * LeafHashes.LEAF_OCTETS;
                    int length = LeafHashes.leafLength(octets.length, number);
                    byte[] leaf = Arrays.copyOfRange(octets, from, from + length);
                    List<String> path = hashes.path(number).stream()
                            .map(HexFormat.of()::formatHex)
                            .toList();
                    return new Leaf(number, Base64.getEncoder().encodeToString(leaf), path);
                })
                .toList();
    }

    private String status() {
        long bytes = kept.values().stream().mapToLong(octets -> octets.length).sum();
        return "{\"system\":" + identity.system().number() + ",\"name\":\"stub\",\"version\":\"0\",\"boots\":1,"
                + "\"capacity\":{\"keptBytes\":" + bytes + "},\"counters\":{\"putRequests\":" + kept.size() + "}}";
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private void awaitCloseWhenStuck() throws IOException {
        try {
            if (stuck) {
                closed.await();
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
