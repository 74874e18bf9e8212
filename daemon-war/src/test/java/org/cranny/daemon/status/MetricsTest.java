package org.cranny.daemon.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.cranny.daemon.capacity.Lending;
import org.cranny.daemon.capacity.Room;
import org.cranny.daemon.capacity.Volume;
import org.cranny.daemon.identity.Home;
import org.cranny.daemon.identity.Identity;
import org.cranny.daemon.identity.ScrapeToken;
import org.cranny.daemon.identity.Settings;
import org.cranny.daemon.identity.TestRealm;
import org.cranny.protocol.heartbeat.Seen.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a daemon says of itself to those who watch it. */
class MetricsTest {
    @TempDir
    Path folder;

    private Home home;
    private Identity identity;
    private Room room;

    @BeforeEach
    void begin() throws Exception {
        TestRealm realm = new TestRealm();
        home = new Home(folder.resolve("home"));
        realm.home(
                home.folder(),
                realm.member(7),
                new Settings("h", "https://127.0.0.1:1", URI.create("https://127.0.0.1:2"), "40M", "1M"));
        identity = Identity.load(home);
        room = new Room(Lending.parse("40M", "1M"), Volume.of(folder));
    }

    @Test
    void everyMetricStandsInTheReferenceAndSaysWhatIsSo() throws Exception {
        Counters counters = new Counters(home);
        counters.refused("NO_GRANT");
        counters.refused("NO_GRANT");
        counters.looked(Outcome.TIMED_OUT);
        counters.add(Counters.Counter.PUT_BYTES, 5);
        room.found(1_000);
        String text = new Metrics(room, identity, counters, () -> 7L).text();
        Map<String, String> served = new TreeMap<>();
        Pattern.compile("^# TYPE (\\S+) (\\S+)$", Pattern.MULTILINE)
                .matcher(text)
                .results()
                .forEach(type -> served.put(type.group(1), type.group(2)));
        Map<String, String> page = new TreeMap<>();
        Pattern.compile("^\\| `(cranny_daemon_[a-z_]+)` \\| (\\w+) \\|", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("../docs/reference/metrics.md")))
                .results()
                .forEach(row -> page.put(row.group(1), row.group(2)));
        assertEquals(page, served);
        for (String line : List.of(
                "cranny_daemon_refusals_total{code=\"NO_GRANT\"} 2",
                "cranny_daemon_probes_total{outcome=\"timed_out\"} 1",
                "cranny_daemon_put_bytes_total 5",
                "cranny_daemon_kept_bytes 1000",
                "cranny_daemon_fragments 1",
                "cranny_daemon_starts_total 1")) {
            assertTrue(text.contains("\n" + line + "\n"), () -> line + " is not in\n" + text);
        }
    }

    @Test
    void isReadyWhileTheStoreTakesOctetsAndTheCertificateIsValid() throws Exception {
        Clock now = Clock.systemUTC();
        assertEquals("UP", new Checks(home, identity, room, now).ready().status());
        assertFalse(new Checks(home, identity, room, Clock.offset(now, Duration.ofDays(31)))
                .ready()
                .up());
        Files.createDirectories(home.incoming().resolve("ready.part"));
        assertFalse(new Checks(home, identity, room, now).ready().up());
        assertTrue(new Checks(home, identity, room, now).live().up());
        room.shut();
        assertFalse(new Checks(home, identity, room, now).live().up());
    }

    @Test
    void onlyTheRightTokenIsGood() throws Exception {
        ScrapeToken token = new ScrapeToken(home);
        String right = "0123456789abcdef0123456789abcdef";
        assertFalse(token.is(right));
        Files.writeString(home.folder().resolve("scrape-token"), right + "\n");
        assertTrue(token.is(right));
        assertFalse(token.is(right + "0"));
        Files.writeString(home.folder().resolve("scrape-token"), "short\n");
        assertFalse(token.is("short"));
    }
}
