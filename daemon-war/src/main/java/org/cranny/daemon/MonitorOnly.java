package org.cranny.daemon;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import org.cranny.daemon.heartbeat.Heartbeats;
import org.cranny.daemon.identity.CertificateRenewal;
import org.cranny.daemon.identity.Home;
import org.cranny.daemon.identity.Identity;
import org.cranny.daemon.identity.Realm;
import org.cranny.daemon.identity.Settings;
import org.cranny.daemon.monitor.Monitor;
import org.cranny.daemon.status.Counters;
import org.cranny.daemon.status.Counters.Counter;
import org.cranny.daemon.upgrade.Upgrades;

/**
 * The connectivity monitor alone, on a machine that lends no space: it looks and reports until it is stopped. It
 * listens on no port and keeps nothing for anybody. {@code cranny-daemon run} starts it in a home that was enrolled
 * with {@code --monitor-only}.
 */
public final class MonitorOnly {
    private final Heartbeats heartbeats;
    private final Monitor monitor;
    private final Counters counters;
    private final CertificateRenewal renewal;
    private final Upgrades upgrades;

    private MonitorOnly(Home home) throws IOException {
        Clock clock = Clock.systemUTC();
        Jsonb json = JsonbBuilder.create();
        Identity identity = Identity.load(home);
        counters = new Counters(home);
        monitor = new Monitor(home, identity, clock, () -> counters.add(Counter.LOOKS_DROPPED, 1));
        Settings settings = Settings.load(home);
        Realm realm = new Realm(home, identity);
        renewal = new CertificateRenewal(home, settings, identity, realm, clock, new SecureRandom(), json);
        heartbeats = new Heartbeats(settings, identity, realm, monitor, clock, json);
        upgrades = new Upgrades(home, settings, identity, heartbeats, clock, json);
    }

    /** Ends with 1 when the home cannot be used. */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            new MonitorOnly(Home.ofProperty()).run();
        } catch (IOException | IllegalStateException e) {
            System.err.println("cranny-daemon: the monitor cannot run: " + e.getMessage());
            System.exit(1);
        }
    }

    private void run() throws IOException, InterruptedException {
        long renewing = System.nanoTime() + renewal.first().toNanos();
        while (true) {
            if (System.nanoTime() - renewing >= 0) {
                renewing = System.nanoTime() + renewal.look().toNanos();
            }
            heartbeats.beat();
            upgrades.look();
            monitor.look();
            counters.keep();
            Thread.sleep(heartbeats.intervalSeconds() * 1_000L);
        }
    }
}
