package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.cranny.central.alert.AlertKind;
import org.cranny.central.settings.Settings;
import org.cranny.central.syslog.Syslog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The log at a receiver of syslog. */
class SyslogTest {
    private static final int MORE_THAN_A_BATCH = 510;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void everyEntryArrivesOnceAndInOrder(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder);
                SyslogReceiver receiver = plain(0)) {
            Syslog syslog = syslog(bench, Map.of("cranny.syslog.to", "tcp://127.0.0.1:" + receiver.port()));
            append(bench, MORE_THAN_A_BATCH);
            long all = bench.central.log.count();
            assertEquals(all, syslog.waiting());
            syslog.send();
            assertEquals(0, syslog.waiting());
            bench.central.log.append("ann", "order job", "job 7", "of system 3");
            syslog.send();
            syslog.send();
            assertEquals(LongStream.rangeClosed(1, all + 1).boxed().toList(), numbers(receiver));
            String last = receiver.messages.get(receiver.messages.size() - 1);
            assertTrue(
                    last.matches(
                            "<109>1 \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z \\S+ cranny - order-job \\["
                                    + "log@32473 sequence=\"" + (all + 1)
                                    + "\" actor=\"ann\" action=\"order job\" subject=\"job 7\""
                                    + " hash=\"[0-9a-f]{64}\"] \uFEFFof system 3"),
                    last);
        }
    }

    @Test
    void whatWasNotSentIsKeptAndSentLaterAndNoDeedWaits() throws Exception {
        try (Bench bench = new Bench(Databases.H2, folder)) {
            int port;
            try (SyslogReceiver receiver = plain(0)) {
                port = receiver.port();
            }
            Map<String, String> settings = Map.of("cranny.syslog.to", "tcp://127.0.0.1:" + port);
            append(bench, 3);
            long all = bench.central.log.count();
            syslog(bench, settings).send();
            assertEquals(all, syslog(bench, settings).waiting());
            try (SyslogReceiver receiver = plain(port)) {
                receiver.breakOff(true);
                syslog(bench, settings).send();
                assertEquals(all, syslog(bench, settings).waiting());
                receiver.breakOff(false);
                syslog(bench, settings).send();
                assertEquals(LongStream.rangeClosed(1, all).boxed().toList(), numbers(receiver));
            }
        }
    }

    @Test
    void aReceiverThatIsAwayForADayIsAnAlertUntilItTakesEntries() throws Exception {
        try (Bench bench = new Bench(Databases.H2, folder)) {
            int port;
            try (SyslogReceiver receiver = plain(0)) {
                port = receiver.port();
            }
            Syslog syslog = syslog(bench, Map.of("cranny.syslog.to", "tcp://127.0.0.1:" + port));
            append(bench, 1);
            syslog.send();
            bench.clock.advance(Duration.ofHours(23));
            syslog.send();
            assertFalse(bench.central.alerts.lasting().containsKey(AlertKind.SYSLOG_WAITS));
            bench.clock.advance(Duration.ofHours(2));
            syslog.send();
            assertTrue(bench.central.alerts.lasting().containsKey(AlertKind.SYSLOG_WAITS));
            try (SyslogReceiver receiver = plain(port)) {
                syslog.send();
                assertFalse(receiver.messages.isEmpty());
            }
            assertFalse(bench.central.alerts.lasting().containsKey(AlertKind.SYSLOG_WAITS));
        }
    }

    @Test
    void overTlsItGoesToWhomItsAuthorityKnowsAndToNobodyElse() throws Exception {
        try (Bench bench = new Bench(Databases.H2, folder)) {
            Path home = folder.resolve("another");
            Homes.make(home);
            try (SyslogReceiver receiver = new SyslogReceiver(context(home).getServerSocketFactory(), 0)) {
                append(bench, 2);
                long all = bench.central.log.count();
                Map<String, String> settings = new HashMap<>();
                settings.put("cranny.syslog.to", "tls://127.0.0.1:" + receiver.port());
                syslog(bench, settings).send();
                assertEquals(List.of(), receiver.messages);
                settings.put(
                        "cranny.syslog.authority-file",
                        home.resolve("authority.pem").toString());
                settings.put("cranny.syslog.to", "tls://127.0.0.2:" + receiver.port());
                syslog(bench, settings).send();
                assertEquals(List.of(), receiver.messages);
                settings.put("cranny.syslog.to", "tls://127.0.0.1:" + receiver.port());
                syslog(bench, settings).send();
                assertEquals(all, receiver.messages.size());
                assertEquals(0, syslog(bench, settings).waiting());
            }
        }
    }

    @Test
    void anEntryIsOneLineOfAFileWhateverItHolds() throws Exception {
        try (Bench bench = new Bench(Databases.H2, folder)) {
            Path file = folder.resolve("log");
            Syslog syslog = syslog(bench, Map.of("cranny.syslog.to", "file:" + file));
            syslog.send();
            Files.deleteIfExists(file);
            String forged = "x\"] \n<0>1 2026-01-01T00:00:00Z evil su - - -\r\u2028\u0085\u0000\\";
            bench.central.log.append(forged, "login", forged, forged);
            bench.central.log.append("ann", "login", "pages", "");
            syslog.send();
            List<String> lines = Files.readAllLines(file);
            assertEquals(2, lines.size(), lines::toString);
            String data =
                    "x\\\"\\] \\\\u000a<0>1 2026-01-01T00:00:00Z evil su - - -\\\\u000d\\\\u2028\\\\u0085\\\\u0000\\\\";
            assertTrue(lines.get(0).contains("actor=\"" + data + "\" action"), lines.get(0));
            assertTrue(lines.get(0).endsWith("\\u0085\\u0000\\"), lines.get(0));
            assertTrue(lines.get(1).endsWith("\"]"), lines.get(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp://host:514", "tls://host", "host:514", "file", "tls://:6514", "::"})
    void aReceiverThatCannotBeMeantStopsTheStart(String text) {
        Settings settings = Settings.of(Map.of("cranny.syslog.to", text));
        assertTrue(assertThrows(IllegalStateException.class, settings::syslogTo)
                .getMessage()
                .startsWith("cranny.syslog.to is "));
    }

    private static Syslog syslog(Bench bench, Map<String, String> settings) {
        return new Syslog(
                bench.central.database, bench.central.log, bench.central.alerts, Settings.of(settings), bench.clock);
    }

    private static SyslogReceiver plain(int port) throws Exception {
        return new SyslogReceiver(ServerSocketFactory.getDefault(), port);
    }

    private static void append(Bench bench, int count) {
        bench.central.database.durably(entities -> {
            for (int i = 0; i < count; i++) {
                bench.central.log.append("a", "test", "s" + i, "d");
            }
            return null;
        });
    }

    private static List<Long> numbers(SyslogReceiver receiver) {
        return receiver.messages.stream()
                .map(each -> Long.valueOf(each.replaceFirst("(?s).* sequence=\"([0-9]+)\".*", "$1")))
                .toList();
    }

    private static SSLContext context(Path home) throws Exception {
        char[] password = Files.readString(home.resolve("secrets/server-password"))
                .strip()
                .toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(home.resolve("server.p12"))) {
            store.load(in, password);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
