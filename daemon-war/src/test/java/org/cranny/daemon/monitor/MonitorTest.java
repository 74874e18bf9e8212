package org.cranny.daemon.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cranny.daemon.identity.Home;
import org.cranny.daemon.identity.Identity;
import org.cranny.daemon.identity.StubCentral;
import org.cranny.daemon.identity.StubCentral.Answer;
import org.cranny.daemon.identity.TestRealm;
import org.cranny.daemon.identity.TestRealm.Member;
import org.cranny.protocol.heartbeat.Peer;
import org.cranny.protocol.heartbeat.Probe;
import org.cranny.protocol.heartbeat.Seen;
import org.cranny.protocol.heartbeat.Seen.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitorTest {
    private static final TestRealm REALM = new TestRealm();
    private static final Member SELF = REALM.member(7);

    @TempDir
    Path folder;

    @Test
    void tellsWhatCameOfEachLook() throws IOException, InterruptedException {
        try (StubCentral good = peer(8, 200);
                StubCentral other = peer(9, 200);
                StubCentral broken = peer(11, 503)) {
            Monitor monitor = monitor();
            monitor.name(List.of(
                    new Peer(8, good.address()),
                    new Peer(10, other.address()),
                    new Peer(11, broken.address()),
                    new Peer(12, "https://127.0.0.1:" + freePort()),
                    new Peer(13, "nonsense"),
                    new Peer(7, good.address())));
            monitor.look();
            assertEquals(
                    Map.of(
                            8L, Outcome.REACHED,
                            10L, Outcome.WRONG_IDENTITY,
                            11L, Outcome.REFUSED,
                            12L, Outcome.REFUSED,
                            13L, Outcome.REFUSED),
                    outcomes(monitor));
        }
    }

    @Test
    void goesOnLookingAtThosePeersItKnowsWhenCentralNamesNone() throws IOException, InterruptedException {
        try (StubCentral good = peer(8, 200)) {
            Monitor before = monitor();
            before.name(List.of(new Peer(8, good.address())));
            before.look();
            Monitor after = monitor();
            after.look();
            assertEquals(2, after.unreported().size(), "one look from before the restart, one from after");
        }
    }

    @Test
    void doesNotWaitForOneWhoAcceptsAndSaysNothing() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            long from = System.nanoTime();
            Identity identity = Identity.load(home());
            assertEquals(
                    Outcome.TIMED_OUT,
                    Probe.look(
                            identity.tls(any -> true),
                            "https://127.0.0.1:" + mute.getLocalPort(),
                            Duration.ofMillis(300)));
            assertTrue(System.nanoTime() - from < Duration.ofSeconds(20).toNanos());
        }
    }

    private static StubCentral peer(long number, int status) {
        return new StubCentral(
                REALM, REALM.member(number), true, "/cranny/v1/status", body -> new Answer(status, "{}"));
    }

    private static Map<Long, Outcome> outcomes(Monitor monitor) {
        return monitor.unreported().stream().collect(Collectors.toMap(Seen::system, Seen::outcome));
    }

    private Home home() {
        return REALM.home(folder, SELF, TestRealm.settings("https://127.0.0.1:22001", "https://127.0.0.1:1"));
    }

    private Monitor monitor() throws IOException {
        Home home = home();
        return new Monitor(home, Identity.load(home), Clock.systemUTC(), () -> {});
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
