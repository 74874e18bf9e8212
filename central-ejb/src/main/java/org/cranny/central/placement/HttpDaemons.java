package org.cranny.central.placement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.cranny.central.authority.Authority;
import org.cranny.central.system.HostStatus;
import org.cranny.protocol.anchor.AnchorOrder;
import org.cranny.protocol.anchor.KeptAnchors;
import org.cranny.protocol.custody.CopyAnswer;
import org.cranny.protocol.custody.CopyOrder;
import org.cranny.protocol.custody.TrashAnswer;
import org.cranny.protocol.custody.TrashOrder;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.grant.Act;
import org.cranny.protocol.http.BoundedBody;
import org.cranny.protocol.http.Exchange;
import org.cranny.protocol.json.ClosedJson;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.proof.Challenges;
import org.cranny.protocol.proof.Proofs;
import org.cranny.protocol.receipt.KeptList;
import org.cranny.protocol.tls.MutualTls;

/** Daemons over HTTPS/1.1; each must prove to be the system that is meant. Thread-safe. */
@ApplicationScoped
public class HttpDaemons implements Daemons {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration QUICK = Duration.ofSeconds(60);
    private static final Duration PATIENT = Duration.ofMinutes(14);
    private static final int LONGEST = 4 << 20;
    private static final int LISTED = 10_000;

    private final Authority authority;
    private final Jsonb json = JsonbBuilder.create();

    protected HttpDaemons() {
        this(null);
    }

    @Inject
    public HttpDaemons(Authority authority) {
        this.authority = authority;
    }

    @Override
    public CopyAnswer copy(HostStatus host, String grant, CopyOrder order) throws IOException {
        return post(host, "copies", grant, order, CopyAnswer.class, PATIENT);
    }

    @Override
    public Proofs prove(HostStatus host, String grant, Challenges challenges) throws IOException {
        return post(host, "proofs", grant, challenges, Proofs.class, QUICK);
    }

    @Override
    public TrashAnswer trash(HostStatus host, Act act, String grant, TrashOrder order) throws IOException {
        String resource =
                switch (act) {
                    case TRASH -> "trash";
                    case UNTRASH -> "untrash";
                    case DELETE -> "deletions";
                    default -> throw new IllegalArgumentException("not an act of the trash: " + act);
                };
        return post(host, resource, grant, order, TrashAnswer.class, QUICK);
    }

    @Override
    public void anchor(HostStatus host, String anchor) throws IOException {
        HttpRequest.Builder request = request(host, "log-anchors", QUICK)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.toJson(new AnchorOrder(anchor))));
        send(host, "log-anchors", request, KeptAnchors.class);
    }

    @Override
    public List<String> anchors(HostStatus host) throws IOException {
        return send(host, "log-anchors", request(host, "log-anchors", QUICK).GET(), KeptAnchors.class)
                .anchors();
    }

    @Override
    public KeptList list(HostStatus host, String grant, String after) throws IOException {
        HttpRequest.Builder request = request(
                        host,
                        "fragments?limit=" + LISTED + (after == null ? "" : "&after=" + FragmentId.of(after)),
                        QUICK)
                .header("Cranny-Grant", grant)
                .GET();
        return send(host, "fragments", request, KeptList.class);
    }

    private <T> T post(HostStatus host, String resource, String grant, Object order, Class<T> type, Duration patience)
            throws IOException {
        HttpRequest.Builder request = request(host, resource, patience)
                .header("Content-Type", "application/json")
                .header("Cranny-Grant", grant)
                .POST(HttpRequest.BodyPublishers.ofString(json.toJson(order)));
        return send(host, resource, request, type);
    }

    private static HttpRequest.Builder request(HostStatus host, String resource, Duration patience) {
        return HttpRequest.newBuilder(URI.create(host.address() + "/cranny/v1/" + resource))
                .timeout(patience);
    }

    private <T> T send(HostStatus host, String resource, HttpRequest.Builder request, Class<T> type)
            throws IOException {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .sslContext(MutualTls.context(
                        authority.identity(),
                        system -> system.realm().equals(authority.realm()) && system.number() == host.number()))
                .build();
        try {
            HttpResponse<String> response = Exchange.send(client, request.build(), BoundedBody.text(LONGEST));
            if (response.statusCode() != 200) {
                throw new IOException(host.name() + " answered " + response.statusCode() + " to " + resource + ": "
                        + response.body().lines().findFirst().orElse(""));
            }
            T answer = json.fromJson(ClosedJson.require(response.body()), type);
            if (answer == null) {
                throw new IOException(host.name() + " answered nothing to " + resource);
            }
            return answer;
        } catch (JsonbException | MalformedException e) {
            throw new IOException(host.name() + " answered something else than it should", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the server is stopping");
        }
    }
}
