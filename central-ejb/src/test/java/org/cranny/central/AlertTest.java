package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.cranny.central.alert.Alert;
import org.cranny.central.alert.AlertKind;
import org.cranny.central.alert.AlertState;
import org.cranny.central.alert.Channels;
import org.cranny.central.log.Happening;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.problem.ProblemKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlertTest {
    private static final FragmentId PACK = TestMachine.pack("one");
    private static final String SECRET = "a secret of webhooks";

    @TempDir
    Path folder;

    private final AtomicInteger status = new AtomicInteger(200);
    private final List<Map<String, String>> posted = new CopyOnWriteArrayList<>();
    private GreenMail mail;
    private HttpServer hook;

    @AfterEach
    void stop() {
        if (mail != null) {
            mail.stop();
        }
        if (hook != null) {
            hook.stop(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSourceWithoutBackupsIsAnAlertOnceThenAWorseOneAndOverWithASnapshot(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            bench.clock.advance(Duration.ofDays(2));
            bench.central.alerts.look();
            assertEquals(List.of(), lasting(bench));

            bench.clock.advance(Duration.ofDays(1));
            bench.central.alerts.look();
            bench.central.alerts.look();
            assertEquals(List.of(AlertKind.NO_BACKUP_FOR_3_DAYS), lasting(bench));
            assertEquals("system " + source.id.number(), newest(bench).subject());

            bench.clock.advance(Duration.ofDays(4));
            bench.central.alerts.look();
            assertEquals(List.of(AlertKind.NO_BACKUP_FOR_7_DAYS), lasting(bench));

            bench.hold(source, PACK, bench.host("h1"), bench.host("h2"));
            bench.commit(source, 1, null, List.of(PACK), List.of());
            bench.central.alerts.look();
            assertEquals(List.of(), lasting(bench));
            assertEquals(
                    2, bench.central.alerts.list(AlertState.RESOLVED, null, 10).size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMachineThatWasRevokedIsNobodysConcern(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            bench.clock.advance(Duration.ofDays(3));
            bench.central.alerts.look();
            bench.central.systems.revoke(source.id.number(), "admin", "sold");
            bench.central.alerts.look();
            assertEquals(List.of(), lasting(bench));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHostThatIsAwayAndWhatIsThinWithoutItAreAlertsUntilItIsBack(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder, Map.of("cranny.host.lost-unknown-seconds", "86400"))) {
            TestMachine source = bench.source("ws");
            TestMachine h1 = bench.host("h1");
            TestMachine h2 = bench.host("h2");
            bench.hold(source, PACK, h1, h2);
            bench.commit(source, 1, null, List.of(PACK), List.of());
            bench.clock.advance(Duration.ofHours(25));
            bench.central.heartbeats.report(h2.id, h2.heartbeat(10 * TestMachine.GIB));
            bench.central.hosts.noticeSilence();
            bench.central.alerts.look();
            assertEquals(List.of(AlertKind.HOST_LOST, AlertKind.REDUNDANCY_LOW), lasting(bench));

            bench.central.heartbeats.report(h1.id, h1.heartbeat(10 * TestMachine.GIB));
            bench.central.alerts.look();
            assertEquals(List.of(), lasting(bench));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aThirdCopyKeepsALostHostFromMakingASourceThin(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            TestMachine h1 = bench.host("h1");
            bench.hold(source, PACK, h1, bench.host("h2"), bench.host("h3"));
            bench.commit(source, 1, null, List.of(PACK), List.of());
            bench.central.systems.revoke(h1.id.number(), "admin", "stolen");
            bench.central.alerts.look();
            assertEquals(List.of(), lasting(bench));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHostThatSuddenlyLendsLessThanHalfIsAnAlert(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine host = bench.host("h1");
            bench.central.alerts.look();
            bench.central.heartbeats.report(host.id, host.heartbeat(6 * TestMachine.GIB));
            bench.central.alerts.look();
            assertEquals(List.of(), lasting(bench));
            bench.central.heartbeats.report(host.id, host.heartbeat(4 * TestMachine.GIB));
            bench.central.alerts.look();
            assertEquals(List.of(AlertKind.DISK_RECLAIMED), lasting(bench));
            bench.clock.advance(Duration.ofDays(8));
            bench.central.heartbeats.report(host.id, host.heartbeat(4 * TestMachine.GIB));
            bench.central.alerts.look();
            assertEquals(List.of(), lasting(bench), "what lasts for a week is usual");
        }
    }

    @ParameterizedTest
    @EnumSource
    void centralsOwnDiskCounts(Databases kind) throws Exception {
        Map<String, String> more = Map.of("cranny.alert.disk-low-bytes", String.valueOf(Long.MAX_VALUE));
        try (Bench bench = new Bench(kind, folder, more)) {
            bench.central.alerts.look();
            assertEquals(List.of(AlertKind.CENTRAL_DISK_LOW), lasting(bench));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBrakeIsAnAlertAtOnceAndUntilItIsReleased(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            bench.central.alerts.happened(new Happening(Happening.What.BRAKE_PULLED, "system 7", "90 % was to go"));
            bench.central.alerts.look();
            assertEquals(List.of(AlertKind.BRAKE_PULLED), lasting(bench));
            bench.central.alerts.happened(new Happening(Happening.What.BRAKE_RELEASED, "system 7", "looked at"));
            assertEquals(List.of(), lasting(bench));
        }
    }

    @ParameterizedTest
    @EnumSource
    void fiftyMachinesAreOneMailAndOneReminderADayUntilSomebodyTakesThemOn(Databases kind) throws Exception {
        startMail();
        try (Bench bench = new Bench(kind, folder, mailSettings())) {
            for (int i = 0; i < 52; i++) {
                bench.source("pc-" + i);
            }
            bench.clock.advance(Duration.ofDays(3));
            pass(bench);
            pass(bench);
            assertEquals(1, mail.getReceivedMessages().length);
            MimeMessage first = mail.getReceivedMessages()[0];
            assertTrue(first.getSubject().startsWith("Cranny: No backup for 3 days (pc-"), first.getSubject());
            assertTrue(first.getSubject().endsWith("and 51 more"), first.getSubject());
            assertTrue(first.getContentType().startsWith("text/plain"), first.getContentType());
            String text = (String) first.getContent();
            assertTrue(text.contains("and 2 more"), text);
            assertTrue(text.contains("If nothing is done: "), text);
            assertTrue(text.contains("What to do: "), text);

            for (Alert alert : bench.central.alerts.list(AlertState.OPEN, null, 51)) {
                bench.central.alerts.acknowledge(alert.id(), "admin");
            }
            bench.clock.advance(Duration.ofHours(23));
            pass(bench);
            assertEquals(1, mail.getReceivedMessages().length, "no reminder before a day is over");
            bench.clock.advance(Duration.ofHours(1));
            pass(bench);
            assertEquals(2, mail.getReceivedMessages().length);
            String reminder = mail.getReceivedMessages()[1].getSubject();
            assertTrue(reminder.startsWith("Cranny: Still: No backup for 3 days"), reminder);
            assertFalse(reminder.contains("more"), "whoever was acknowledged is not reminded of: " + reminder);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatHappensShortlyAfterAMessageWaitsForTheNextOneAndWhatIsOverByThenIsNotTold(Databases kind)
            throws Exception {
        startMail();
        try (Bench bench = new Bench(kind, folder, mailSettings())) {
            bench.central.alerts.raise(AlertKind.BRAKE_PULLED, "system 1", "a", "d");
            pass(bench);
            bench.central.alerts.raise(AlertKind.BRAKE_PULLED, "system 2", "b", "d");
            bench.central.alerts.raise(AlertKind.BRAKE_PULLED, "system 3", "c", "d");
            bench.central.alerts.resolve(AlertKind.BRAKE_PULLED, "system 3");
            bench.central.alerts.resolve(AlertKind.BRAKE_PULLED, "system 1");
            pass(bench);
            assertEquals(1, mail.getReceivedMessages().length);
            bench.clock.advance(Duration.ofMinutes(6));
            pass(bench);
            assertEquals(2, mail.getReceivedMessages().length);
            String text = (String) mail.getReceivedMessages()[1].getContent();
            assertTrue(text.contains("b (system 2)"), text);
            assertTrue(text.contains("Over: Deletion was stopped"), text);
            assertFalse(text.contains("system 3"), text);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWebhookIsSignedAndTriedAgainUntilItIsTaken(Databases kind) throws Exception {
        startHook();
        try (Bench bench = new Bench(kind, folder, hookSettings())) {
            status.set(503);
            bench.central.alerts.raise(AlertKind.BRAKE_PULLED, "system 1", "a", "d");
            pass(bench);
            assertEquals(1, posted.size());
            assertEquals(1, bench.central.notices.waiting());
            bench.restart();
            pass(bench);
            assertEquals(1, posted.size(), "not before the pause is over");
            bench.clock.advance(Duration.ofSeconds(31));
            status.set(200);
            pass(bench);
            assertEquals(2, posted.size());
            assertEquals(0, bench.central.notices.waiting());
            assertEquals(posted.get(0).get("delivery"), posted.get(1).get("delivery"));
            Map<String, String> last = posted.get(1);
            long time = bench.clock.instant().getEpochSecond();
            assertEquals("t=" + time + ",v1=" + hmac(time + "." + last.get("body")), last.get("signature"));
            assertTrue(last.get("body").contains("\"kind\":\"BRAKE_PULLED\""), last.get("body"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeDeliveredForADayIsGivenUpAndIsAnAlertOfItsOwn(Databases kind) throws Exception {
        startHook();
        try (Bench bench = new Bench(kind, folder, hookSettings())) {
            status.set(302);
            bench.central.alerts.raise(AlertKind.BRAKE_PULLED, "system 1", "a", "d");
            pass(bench);
            for (int i = 0; i < 30; i++) {
                bench.clock.advance(Duration.ofMinutes(61));
                bench.central.notices.deliver();
            }
            assertEquals(0, bench.central.notices.waiting());
            assertTrue(lasting(bench).contains(AlertKind.DELIVERY_FAILED));
            int attempts = posted.size();
            assertTrue(attempts > 20 && attempts < 40, "a redirect is followed nowhere: " + attempts);
            status.set(204);
            bench.clock.advance(Duration.ofHours(1));
            pass(bench);
            assertFalse(lasting(bench).contains(AlertKind.DELIVERY_FAILED), "a delivery proves that the way works");
        }
    }

    @Test
    void aTrialSaysWhatCameOfEachChannel() throws Exception {
        startMail();
        startHook();
        Map<String, String> both = new HashMap<>(mailSettings());
        both.putAll(hookSettings());
        both.put("cranny.webhook.urls", both.get("cranny.webhook.urls") + ", http://192.0.2.1/x, https://10.1.2.3/x");
        try (Bench bench = new Bench(Databases.H2, folder, both)) {
            List<Channels.Trial> trials = bench.central.channels.tryAll("admin");
            assertEquals(
                    List.of(true, true, false, false),
                    trials.stream().map(Channels.Trial::delivered).toList(),
                    trials.toString());
            assertTrue(trials.get(2).failure().contains("https"), trials.toString());
            assertTrue(trials.get(3).failure().contains("private network"), trials.toString());
            assertFalse(trials.get(1).target().contains("/"), "a webhook's path may be a secret");
        }
    }

    @Test
    void aPasswordGoesOverNoConnectionThatIsNotEncrypted() throws Exception {
        startMail();
        Map<String, String> open = new HashMap<>(mailSettings());
        open.put("cranny.mail.user", "central");
        try (Bench bench = new Bench(Databases.H2, folder.resolve("none"), open)) {
            assertTrue(bench.central.channels.tryAll("admin").get(0).failure().contains("encrypted"));
        }
        open.remove("cranny.mail.user");
        open.put("cranny.mail.security", "starttls");
        try (Bench bench = new Bench(Databases.H2, folder.resolve("starttls"), open)) {
            Channels.Trial trial = bench.central.channels.tryAll("admin").get(0);
            assertFalse(trial.delivered(), "a server without STARTTLS gets nothing");
            assertEquals(0, mail.getReceivedMessages().length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void acknowledgingIsLoggedOnceAndUnknownNumbersAreRefused(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            bench.central.alerts.raise(AlertKind.BRAKE_PULLED, "system 1", "a", "d");
            long id = newest(bench).id();
            assertEquals(
                    AlertState.ACKNOWLEDGED,
                    bench.central.alerts.acknowledge(id, "ann").state());
            assertEquals("ann", bench.central.alerts.acknowledge(id, "bob").acknowledgedBy());
            assertEquals(
                    1,
                    bench.central.log.newest(10).stream()
                            .filter(line -> line.action().equals("alert acknowledged"))
                            .count());
            Bench.refused(ProblemKind.NOT_FOUND, () -> bench.central.alerts.acknowledge(id + 1_000, "ann"));
            assertNull(newest(bench).resolved());
        }
    }

    @Test
    void everyKindStandsInTheReference() throws IOException {
        String page = Files.readString(Path.of("../docs/reference/alerts.md"));
        for (AlertKind kind : AlertKind.values()) {
            assertTrue(page.contains("| `" + kind + "` | " + kind.title() + " |"), kind + " is not in alerts.md");
        }
        assertEquals(
                AlertKind.values().length,
                page.lines()
                        .filter(line -> line.matches("\\| `[A-Z_0-9]+` \\|.*"))
                        .count());
    }

    private static void pass(Bench bench) {
        bench.central.alerts.look();
        bench.central.notices.tell();
        bench.central.notices.deliver();
    }

    private static List<AlertKind> lasting(Bench bench) {
        return bench.central.alerts.lasting().keySet().stream()
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .toList();
    }

    private static Alert newest(Bench bench) {
        return bench.central.alerts.list(null, null, 1).get(0);
    }

    private void startMail() {
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
    }

    private Map<String, String> mailSettings() {
        return Map.of(
                "cranny.mail.server", "127.0.0.1:" + mail.getSmtp().getPort(),
                "cranny.mail.security", "none",
                "cranny.mail.from", "cranny@example.org",
                "cranny.mail.to", "admin@example.org");
    }

    private void startHook() throws IOException {
        hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/", this::take);
        hook.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        posted.add(Map.of(
                "body", new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                "signature", exchange.getRequestHeaders().getFirst("Cranny-Signature"),
                "delivery", exchange.getRequestHeaders().getFirst("Cranny-Delivery")));
        exchange.getResponseHeaders().set("Location", "/elsewhere");
        exchange.sendResponseHeaders(status.get(), -1);
        exchange.close();
    }

    private Map<String, String> hookSettings() throws IOException {
        Path secret = Files.writeString(folder.resolve("webhook-secret"), SECRET + "\n");
        return Map.of(
                "cranny.webhook.urls",
                "http://127.0.0.1:" + hook.getAddress().getPort() + "/a-secret-path",
                "cranny.webhook.secret-file",
                secret.toString());
    }

    private static String hmac(String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
