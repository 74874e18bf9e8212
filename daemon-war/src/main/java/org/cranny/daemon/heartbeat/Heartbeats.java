package org.cranny.daemon.heartbeat;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.cranny.daemon.capacity.Room;
import org.cranny.daemon.identity.Identity;
import org.cranny.daemon.identity.Realm;
import org.cranny.daemon.identity.Settings;
import org.cranny.daemon.monitor.Monitor;
import org.cranny.daemon.status.Counters;
import org.cranny.daemon.status.Status;
import org.cranny.protocol.heartbeat.Heartbeat;
import org.cranny.protocol.heartbeat.HeartbeatAnswer;
import org.cranny.protocol.heartbeat.Peer;
import org.cranny.protocol.heartbeat.Seen;
import org.cranny.protocol.octets.MalformedException;

/**
 * Reports to central and takes what it says: realm keys, revocations, whom to look at. Central away is normal: the
 * daemon goes on, keeps what its monitor saw, and says so once in the log.
 */
public final class Heartbeats {
    private static final Logger LOG = System.getLogger(Heartbeats.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long CENTRAL = 1;
    private static final long CENTRAL_IN_LOOKS = 0;
    private static final int MOST_SECONDS = 3_600;

    private final Settings settings;
    private final Realm realm;
    private final Room room;
    private final Counters counters;
    private final Monitor monitor;
    private final Clock clock;
    private final Jsonb json;
    private final HttpClient client;
    private volatile int intervalSeconds = 5;
    private volatile boolean away;

    public Heartbeats(
            Settings settings,
            Identity identity,
            Realm realm,
            Room room,
            Counters counters,
            Monitor monitor,
            Clock clock,
            Jsonb json) {
        this.settings = settings;
        this.realm = realm;
        this.room = room;
        this.counters = counters;
        this.monitor = monitor;
        this.clock = clock;
        this.json = json;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(PATIENCE)
                .sslContext(identity.tls(system -> system == CENTRAL))
                .build();
    }

    /** Seconds until the next report, as central wished last. */
    public int intervalSeconds() {
        return intervalSeconds;
    }

    /** Reports once; then looks at the peers that central named. */
    public void beat() throws InterruptedException {
        long from = clock.millis();
        List<Seen> looks = monitor.unreported();
        try {
            HeartbeatAnswer answer = report(looks);
            monitor.reported(looks);
            sawCentral(true, from);
            take(answer);
            monitor.look(answer.probe() == null ? List.<Peer>of() : answer.probe());
        } catch (IOException | JsonbException | MalformedException e) {
            sawCentral(false, from);
            if (!away) {
                LOG.log(Level.WARNING, "central at {0} does not take the report: {1}", settings.central(), e);
            }
            away = true;
        }
    }

    private void sawCentral(boolean reached, long from) {
        monitor.saw(new Seen(CENTRAL_IN_LOOKS, clock.instant().getEpochSecond(), reached, clock.millis() - from));
    }

    private HeartbeatAnswer report(List<Seen> looks) throws IOException, InterruptedException {
        Heartbeat heartbeat = new Heartbeat(
                counters.boots(),
                Status.VERSION,
                settings.address(),
                room.capacity(),
                counters.lastReceipt(),
                counters.all(),
                looks);
        HttpRequest request = HttpRequest.newBuilder(target())
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.toJson(heartbeat)))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("it answered " + response.statusCode());
        }
        return json.fromJson(response.body(), HeartbeatAnswer.class);
    }

    private URI target() {
        String central = settings.central().toString().replaceAll("/+$", "");
        return URI.create(central + "/api/v1/heartbeats");
    }

    private void take(HeartbeatAnswer answer) throws IOException, MalformedException {
        if (away) {
            LOG.log(Level.INFO, "central at {0} takes reports again", settings.central());
        }
        away = false;
        intervalSeconds = Math.min(MOST_SECONDS, Math.max(1, answer.intervalSeconds()));
        if (answer.realmKeys() != null) {
            realm.accept(answer.realmKeys());
        }
        if (answer.revoked() != null) {
            realm.revoke(answer.revoked());
        }
        if (answer.revokedKeys() != null) {
            realm.revokeKeys(answer.revokedKeys());
        }
    }
}
