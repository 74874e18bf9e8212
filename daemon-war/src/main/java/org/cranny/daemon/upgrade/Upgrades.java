package org.cranny.daemon.upgrade;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.cranny.daemon.heartbeat.Heartbeats;
import org.cranny.daemon.identity.Home;
import org.cranny.daemon.identity.Identity;
import org.cranny.daemon.identity.Settings;
import org.cranny.daemon.status.Status;
import org.cranny.protocol.http.BoundedBody;
import org.cranny.protocol.http.Exchange;
import org.cranny.protocol.json.ClosedJson;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.release.ProgramAnswer;
import org.cranny.protocol.release.ProgramReport;
import org.cranny.protocol.release.Upgrading;

/**
 * Tells central which program runs here: when it began, when central asks, and once an hour. Follows an order to upgrade
 * by fetching it; the rest is done by {@code cranny-upgrade}. Whatever fails is one line in the log, and is tried again.
 */
public final class Upgrades {
    private static final Logger LOG = System.getLogger(Upgrades.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LARGEST_ANSWER = 64 << 10;
    private static final Duration WHOLE = Duration.ofMinutes(30);
    private static final Duration SELDOM = Duration.ofHours(1);
    private static final long CENTRAL = 1;

    private final Settings settings;
    private final Identity identity;
    private final Heartbeats heartbeats;
    private final Upgrading upgrading;
    private final Clock clock;
    private final Jsonb json;
    private Instant told = Instant.MIN;
    private String lastTrouble = "";

    public Upgrades(Home home, Settings settings, Identity identity, Heartbeats heartbeats, Clock clock, Jsonb json) {
        this(settings, identity, heartbeats, Upgrading.ofThis("daemon", home.folder(), Status.VERSION), clock, json);
    }

    Upgrades(
            Settings settings, Identity identity, Heartbeats heartbeats, Upgrading upgrading, Clock clock, Jsonb json) {
        this.settings = settings;
        this.identity = identity;
        this.heartbeats = heartbeats;
        this.upgrading = upgrading;
        this.clock = clock;
        this.json = json;
    }

    /** Reports when there is a reason to, and does what central answers. May take as long as an archive needs. */
    public void look() throws InterruptedException {
        boolean due = heartbeats.upgrade()
                || upgrading.hasNews()
                || told.equals(Instant.MIN)
                || clock.instant().isAfter(told.plus(SELDOM));
        if (!due || !settings.hasCentral()) {
            return;
        }
        try {
            ProgramReport report = upgrading.report();
            ProgramAnswer answer = tell(report);
            upgrading.acknowledged(report);
            told = clock.instant();
            if (answer.upgrade() != null) {
                LOG.log(
                        Level.INFO,
                        "central orders version {0}",
                        answer.upgrade().version());
                upgrading.follow(answer.upgrade(), this::fetch);
            }
            lastTrouble = "";
        } catch (IOException | JsonbException e) {
            if (!e.toString().equals(lastTrouble)) {
                LOG.log(
                        Level.WARNING,
                        "central was not told which program runs here, or did not give the next: {0}",
                        e);
            }
            lastTrouble = e.toString();
        }
    }

    private ProgramAnswer tell(ProgramReport report) throws IOException, InterruptedException {
        HttpResponse<String> answer = Exchange.send(
                client(),
                request("program")
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(json.toJson(report)))
                        .build(),
                BoundedBody.text(LARGEST_ANSWER));
        if (answer.statusCode() != 200) {
            throw new IOException("it answered " + answer.statusCode());
        }
        try {
            ProgramAnswer read = json.fromJson(ClosedJson.require(answer.body()), ProgramAnswer.class);
            if (read != null) {
                return read;
            }
        } catch (MalformedException e) {
            throw new IOException("it does not answer as a central does", e);
        }
        throw new IOException("it does not answer as a central does");
    }

    private InputStream fetch(String version, long offset) throws IOException {
        try {
            HttpResponse<InputStream> answer = Exchange.send(
                    client(),
                    request("program/daemon/" + version)
                            .timeout(WHOLE)
                            .header("Range", "bytes=" + offset + "-")
                            .build(),
                    BoundedBody.stream());
            boolean right = answer.statusCode() == 206 || answer.statusCode() == 200 && offset == 0;
            if (!right) {
                answer.body().close();
                throw new IOException("it answered " + answer.statusCode());
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while fetching", e);
        }
    }

    private HttpRequest.Builder request(String resource) {
        String central = settings.central().toString().replaceAll("/+$", "");
        return HttpRequest.newBuilder(URI.create(central + "/api/v1/" + resource));
    }

    private HttpClient client() throws IOException {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(PATIENCE)
                .sslContext(identity.tls(system -> system == CENTRAL))
                .build();
    }
}
