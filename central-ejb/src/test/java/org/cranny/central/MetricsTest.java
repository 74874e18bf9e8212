package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.cranny.central.alert.AlertKind;
import org.cranny.central.metrics.ScrapeToken;
import org.cranny.central.settings.Settings;
import org.cranny.protocol.fragment.FragmentId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetricsTest {
    private static final Path PAGE = Path.of("../docs/reference/metrics.md");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void saysWhatIsSo(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("secret-name");
            bench.source("another");
            TestMachine h1 = bench.host("h1");
            TestMachine h2 = bench.host("h2");
            FragmentId pack = TestMachine.pack("one");
            bench.hold(source, pack, h1, h2);
            bench.commit(source, 1, null, List.of(pack), List.of());
            bench.central.tally.commit(Duration.ofMillis(70));
            bench.central.tally.heartbeat();
            bench.central.alerts.raise(AlertKind.BRAKE_PULLED, "system 1", "a", "d");
            bench.central.dumps.make("admin");

            String text = bench.central.metrics.text();
            says(text, "cranny_hosts{state=\"accepting\"} 2");
            says(text, "cranny_hosts{state=\"suspect\"} 0");
            says(text, "cranny_space_given_bytes " + (20 * TestMachine.GIB - 2 * TestMachine.LENGTH));
            says(text, "cranny_packs{copies=\"2\"} 1");
            says(text, "cranny_packs{copies=\"0\"} 0");
            says(text, "cranny_copies_waiting 1");
            says(text, "cranny_sources{last_backup=\"1d\"} 1");
            says(text, "cranny_sources{last_backup=\"never\"} 1");
            says(text, "cranny_snapshots 1");
            says(text, "cranny_jobs{state=\"waiting\"} 0");
            says(text, "cranny_alerts{kind=\"brake_pulled\"} 1");
            says(text, "cranny_heartbeats_total 1");
            says(text, "cranny_commit_seconds_bucket{le=\"0.05\"} 0");
            says(text, "cranny_commit_seconds_bucket{le=\"0.1\"} 1");
            says(text, "cranny_commit_seconds_bucket{le=\"+Inf\"} 1");
            says(text, "cranny_commit_seconds_sum 0.07");
            says(text, "cranny_commit_seconds_count 1");
            says(text, "cranny_dump_timestamp_seconds " + bench.clock.instant().getEpochSecond());
            assertFalse(text.contains("secret-name"), "no machine is named");

            bench.clock.advance(Duration.ofDays(8));
            bench.central.hosts.noticeSilence();
            String later = bench.central.metrics.text();
            says(later, "cranny_hosts{state=\"suspect\"} 2");
            says(later, "cranny_hosts_lost 2");
            says(later, "cranny_packs{copies=\"0\"} 1");
            says(later, "cranny_sources{last_backup=\"30d\"} 1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTakesLongIsCountedAsideAndSeldom(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder, Map.of("cranny.metrics.interval-seconds", "60"))) {
            List<Runnable> aside = new java.util.ArrayList<>();
            bench.central.metrics.countingBy(aside::add);
            assertFalse(bench.central.metrics.text().contains("cranny_packs"), "not counted yet");
            bench.clock.advance(Duration.ofSeconds(6));
            bench.central.metrics.text();
            assertEquals(1, aside.size(), "it is being counted");
            aside.remove(0).run();
            bench.clock.advance(Duration.ofSeconds(6));
            assertTrue(bench.central.metrics.text().contains("cranny_packs"));
            assertEquals(0, aside.size(), "it was counted a moment ago");
            bench.clock.advance(Duration.ofSeconds(60));
            bench.central.metrics.text();
            assertEquals(1, aside.size());
        }
    }

    @Test
    void everyMetricStandsInTheReference() throws Exception {
        try (Bench bench = new Bench(Databases.H2, folder)) {
            Map<String, String> served = new TreeMap<>();
            Pattern.compile("^# TYPE (\\S+) (\\S+)$", Pattern.MULTILINE)
                    .matcher(bench.central.metrics.text())
                    .results()
                    .forEach(type -> served.put(type.group(1), type.group(2)));
            Map<String, String> page = new TreeMap<>();
            Pattern.compile("^\\| `(cranny_(?!daemon_)[a-z_]+)` \\| (\\w+) \\|", Pattern.MULTILINE)
                    .matcher(Files.readString(PAGE))
                    .results()
                    .forEach(row -> page.put(row.group(1), row.group(2)));
            assertEquals(page, served);
        }
    }

    @Test
    void onlyTheRightTokenIsGoodAndNoneWhereThereIsNoFile() throws IOException {
        String right = "0123456789abcdef0123456789abcdef";
        Path file = folder.resolve("token");
        ScrapeToken token = new ScrapeToken(Settings.of(Map.of("cranny.metrics.token-file", file.toString())));
        assertFalse(token.is(right), "there is no file");
        Files.writeString(file, right + "\n");
        assertTrue(token.is(right));
        assertFalse(token.is(right.substring(1)));
        assertFalse(token.is(""));
        Files.writeString(file, "short\n");
        assertFalse(token.is("short"), "a short one is none");
        Files.writeString(file, "\n");
        assertFalse(token.is(""), "nor is an empty one");
        assertFalse(new ScrapeToken(Settings.of(Map.of())).is(""));
    }

    private static void says(String text, String line) {
        assertTrue(text.contains("\n" + line + "\n"), () -> line + " is not in\n" + text);
    }
}
