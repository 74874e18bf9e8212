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
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.cranny.daemon.capacity.Room;
import org.cranny.daemon.identity.Home;
import org.cranny.daemon.identity.Identity;
import org.cranny.daemon.identity.Realm;
import org.cranny.daemon.identity.Settings;
import org.cranny.daemon.monitor.Monitor;
import org.cranny.daemon.reclaim.Lent;
import org.cranny.daemon.scrub.Damages;
import org.cranny.daemon.status.Counters;
import org.cranny.daemon.status.Status;
import org.cranny.protocol.heartbeat.Continuity;
import org.cranny.protocol.heartbeat.Damage;
import org.cranny.protocol.heartbeat.Heartbeat;
import org.cranny.protocol.heartbeat.HeartbeatAnswer;
import org.cranny.protocol.heartbeat.Looks;
import org.cranny.protocol.heartbeat.Peer;
import org.cranny.protocol.heartbeat.Probe;
import org.cranny.protocol.heartbeat.Seen;
import org.cranny.protocol.heartbeat.Seen.Outcome;
import org.cranny.protocol.http.BoundedBody;
import org.cranny.protocol.http.Exchange;
import org.cranny.protocol.json.ClosedJson;
import org.cranny.protocol.octets.MalformedException;

/**
 * Reports to central and takes what it says: realm keys, revocations, whom to look at, how much its owner lends at most. Central away is normal: the
 * daemon goes on, keeps what its monitor saw, and says so once in the log.
 */
public final class Heartbeats {
    private static final Logger LOG = System.getLogger(Heartbeats.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LARGEST_ANSWER = 4 << 20;
    private static final long CENTRAL = 1;
    private static final long CENTRAL_IN_LOOKS = 0;
    private static final int MOST_SECONDS = 3_600;
    private static final int WITHOUT_CENTRAL_SECONDS = 60;
    private static final long CLOSE_ENOUGH_SECONDS = 5;

    private final Settings settings;
    private final Realm realm;
    private final Monitor monitor;
    private final Contents contents;
    private final Clock clock;
    private final Jsonb json;
    private final Identity identity;
    private HttpClient client;
    private Instant shownUntil;
    private volatile int intervalSeconds = 5;
    private volatile boolean away;
    private volatile long ahead;
    private volatile boolean upgrade;

    /** What goes into a report, and where it goes. */
    private interface Contents {
        String resource();

        Object of(List<Seen> looks) throws IOException;

        default void arrived(Object report) {}

        default void take(HeartbeatAnswer answer) throws IOException {}
    }

    /** The reports of a host. */
    public Heartbeats(
            Home home,
            Settings settings,
            Identity identity,
            Realm realm,
            Room room,
            Lent lent,
            Damages damages,
            Counters counters,
            Monitor monitor,
            Clock clock,
            Jsonb json)
            throws IOException {
        this(
                settings,
                identity,
                realm,
                monitor,
                clock,
                json,
                ofHost(settings, room, lent, damages, counters, new Lineage(home.state("told"), new SecureRandom())));
    }

    /** The reports of a monitor that runs alone. */
    public Heartbeats(Settings settings, Identity identity, Realm realm, Monitor monitor, Clock clock, Jsonb json) {
        this(settings, identity, realm, monitor, clock, json, ofMonitor());
    }

    private Heartbeats(
            Settings settings,
            Identity identity,
            Realm realm,
            Monitor monitor,
            Clock clock,
            Jsonb json,
            Contents contents) {
        this.settings = settings;
        this.realm = realm;
        this.monitor = monitor;
        this.contents = contents;
        this.clock = clock;
        this.json = json;
        this.identity = identity;
    }

    /** Keeps its connection as long as the certificate that it was made with is the present one. */
    private synchronized HttpClient client() {
        Instant until = identity.validUntil();
        if (!until.equals(shownUntil)) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(PATIENCE)
                    .sslContext(identity.tls(system -> system == CENTRAL))
                    .build();
            shownUntil = until;
        }
        return client;
    }

    /** Seconds until the next report, as central wished last. */
    public int intervalSeconds() {
        return intervalSeconds;
    }

    /** Whether central, when it answered last, had something to tell this program. */
    public boolean upgrade() {
        return upgrade;
    }

    /**
     * Reports once, which is a look at central too, and learns which peers to look at next. In a realm without central
     * there is nobody to report to.
     */
    public void beat() throws InterruptedException {
        if (!settings.hasCentral()) {
            intervalSeconds = WITHOUT_CENTRAL_SECONDS;
            return;
        }
        long from = System.nanoTime();
        List<Seen> looks = monitor.unreported();
        try {
            HeartbeatAnswer answer = report(looks);
            monitor.reported(looks);
            sawCentral(Outcome.REACHED, from);
            take(answer);
            monitor.name(answer.probe() == null ? List.<Peer>of() : answer.probe());
        } catch (IOException | JsonbException | MalformedException e) {
            sawCentral(Probe.failed(e), from);
            if (!away) {
                LOG.log(Level.WARNING, "central at {0} does not take the report: {1}", settings.central(), e);
            }
            away = true;
        }
    }

    private static Contents ofHost(
            Settings settings, Room room, Lent lent, Damages damages, Counters counters, Lineage lineage) {
        return new Contents() {
            private List<Damage> told = List.of();

            @Override
            public String resource() {
                return "/api/v1/heartbeats";
            }

            @Override
            public Object of(List<Seen> looks) throws IOException {
                told = damages.untold();
                Continuity continuity = lineage.next(counters.lastReceipt());
                return new Heartbeat(
                        counters.boots(),
                        Status.VERSION,
                        settings.address(),
                        room.capacity(),
                        lineage.lastReceipt(),
                        counters.all(),
                        looks,
                        lent.terms(),
                        told,
                        continuity);
            }

            @Override
            public void arrived(Object report) {
                lineage.arrived(((Heartbeat) report).continuity());
            }

            @Override
            public void take(HeartbeatAnswer answer) throws IOException {
                lent.limit(answer.lending());
                damages.told(told.subList(0, Math.max(0, Math.min(told.size(), answer.damages()))));
            }
        };
    }

    private static Contents ofMonitor() {
        return new Contents() {
            @Override
            public String resource() {
                return "/api/v1/looks";
            }

            @Override
            public Object of(List<Seen> looks) {
                return new Looks(Status.VERSION, looks);
            }
        };
    }

    private void sawCentral(Outcome outcome, long from) {
        long millis = (System.nanoTime() - from) / 1_000_000;
        monitor.saw(new Seen(CENTRAL_IN_LOOKS, clock.instant().getEpochSecond(), outcome, millis));
    }

    /** Central believes in its own clock: a machine whose clock is wrong translates what it noted down. */
    private List<Seen> inCentralsTime(List<Seen> looks) {
        long seconds = ahead;
        return seconds == 0
                ? looks
                : looks.stream()
                        .map(look -> new Seen(look.system(), look.time() - seconds, look.outcome(), look.millis()))
                        .toList();
    }

    private HeartbeatAnswer report(List<Seen> looks) throws IOException, InterruptedException {
        Object report = contents.of(inCentralsTime(looks));
        HttpRequest request = HttpRequest.newBuilder(target())
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.toJson(report)))
                .build();
        HttpResponse<String> response = Exchange.send(client(), request, BoundedBody.text(LARGEST_ANSWER));
        if (response.statusCode() != 200) {
            throw new IOException("it answered " + response.statusCode());
        }
        contents.arrived(report);
        try {
            HeartbeatAnswer answer = json.fromJson(ClosedJson.require(response.body()), HeartbeatAnswer.class);
            if (answer != null && isWhole(answer.revoked()) && isWhole(answer.revokedKeys())) {
                return answer;
            }
        } catch (MalformedException e) {
            throw new IOException("it does not answer as a central does", e);
        }
        throw new IOException("it does not answer as a central does");
    }

    private static boolean isWhole(List<?> list) {
        return list == null || list.stream().noneMatch(Objects::isNull);
    }

    private URI target() {
        String central = settings.central().toString().replaceAll("/+$", "");
        return URI.create(central + contents.resource());
    }

    private void take(HeartbeatAnswer answer) throws IOException, MalformedException {
        if (away) {
            LOG.log(Level.INFO, "central at {0} takes reports again", settings.central());
        }
        away = false;
        upgrade = answer.upgrade();
        long difference = clock.instant().getEpochSecond() - answer.time();
        ahead = answer.time() == 0 || Math.abs(difference) <= CLOSE_ENOUGH_SECONDS ? 0 : difference;
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
        contents.take(answer);
    }
}
