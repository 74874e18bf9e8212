package org.cranny.daemon.copy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cranny.daemon.identity.Caller;
import org.cranny.daemon.identity.Identity;
import org.cranny.daemon.intake.Intake;
import org.cranny.protocol.custody.CopyAnswer;
import org.cranny.protocol.custody.CopyAnswer.Copied;
import org.cranny.protocol.custody.CopyOrder;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.http.BoundedBody;
import org.cranny.protocol.http.Exchange;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Fetches fragments from another daemon, which must prove to be the system that was meant. They are hashed as they
 * come, within a share of the {@link Link}, and taken in like any other: a receipt means that name and octets are on the disk. An order that broke off is
 * given again: what arrived whole is not fetched twice.
 */
public final class Copies {
    private static final Logger LOG = System.getLogger(Copies.class.getName());
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final Identity identity;
    private final Intake intake;
    private final Link link = new Link();

    public Copies(Identity identity, Intake intake) {
        this.identity = identity;
        this.intake = intake;
    }

    /** @param source whose fragments they are, with its key @throws ProblemException BAD_REQUEST */
    public CopyAnswer fetch(Caller source, CopyOrder order) throws InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .sslContext(identity.tls(system -> system == order.from()))
                .build();
        List<Copied> copied = new ArrayList<>();
        boolean away = false;
        for (CopyOrder.Item item : order.fragments()) {
            Copied one = away ? new Copied(item.fragment(), null, CopyAnswer.AWAY) : fetch(client, source, order, item);
            away |= CopyAnswer.AWAY.equals(one.reason());
            copied.add(one);
        }
        LOG.log(
                Level.INFO,
                "of {0} fragments of {1} that host {2} was asked for, {3} arrived",
                copied.size(),
                source.system(),
                order.from(),
                copied.stream().filter(each -> each.receipt() != null).count());
        return new CopyAnswer(copied);
    }

    /** A daemon that is starting answers 404 to everything until its application is there; that says nothing of a fragment. */
    private static boolean isMissing(HttpResponse<?> response) {
        return response.statusCode() == 404
                && response.headers()
                        .firstValue("Content-Type")
                        .filter(type -> type.startsWith(Problem.MEDIA_TYPE))
                        .isPresent();
    }

    private Copied fetch(HttpClient client, Caller source, CopyOrder order, CopyOrder.Item item)
            throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(order.address() + "/cranny/v1/fragments/" + item.fragment()))
                .timeout(ANSWER)
                .header("Cranny-Grant", order.grant())
                .build();
        try {
            link.rested(order.from());
            HttpResponse<InputStream> response = Exchange.send(client, request, BoundedBody.stream());
            try (InputStream body =
                    new Slowly(response.body(), link, order.from(), order.linkPercent(), order.bytesPerSecond())) {
                if (isMissing(response)) {
                    return new Copied(item.fragment(), null, ProblemKind.NOT_FOUND.name());
                }
                long length =
                        response.headers().firstValueAsLong("Content-Length").orElse(-1);
                if (response.statusCode() != 200) {
                    return new Copied(item.fragment(), null, CopyAnswer.AWAY);
                }
                if (length != item.length()) {
                    return new Copied(item.fragment(), null, ProblemKind.WRONG_HASH.name());
                }
                FragmentId id = FragmentId.of(item.fragment());
                return new Copied(
                        item.fragment(),
                        intake.copy(source, id, item.length(), body).text(),
                        null);
            }
        } catch (ProblemException e) {
            return new Copied(item.fragment(), null, e.problem().kind());
        } catch (IOException e) {
            LOG.log(Level.WARNING, "host {0} gave no fragment {1}: {2}", order.from(), item.fragment(), e);
            return new Copied(item.fragment(), null, CopyAnswer.AWAY);
        }
    }
}
