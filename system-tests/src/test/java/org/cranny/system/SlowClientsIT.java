package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.cranny.cluster.ClusterStatus;
import org.cranny.cluster.Cranny;
import org.cranny.protocol.tls.MachineIdentity;
import org.cranny.protocol.tls.MutualTls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever sends an octet now and then keeps nobody else waiting. */
@ExtendWith(SharesRealm.class)
class SlowClientsIT {
    /** More than a listener has threads. */
    private static final int OF_EACH_KIND = 100;

    /** Fewer than one machine may have at once. */
    private static final int READERS = 24;

    private static final int LOOKS = 60;
    private static final long MOST_MILLIS = 5_000;

    private final Realm realm;
    private final List<SSLSocket> sockets = Collections.synchronizedList(new ArrayList<>());
    private final ScheduledExecutorService trickle = Executors.newScheduledThreadPool(2);

    SlowClientsIT(Realm realm) {
        this.realm = realm;
    }

    @AfterEach
    void close() throws IOException {
        trickle.shutdownNow();
        for (SSLSocket each : sockets) {
            each.close();
        }
    }

    @Test
    void othersAreServedMeanwhile() throws Exception {
        ClusterStatus status = realm.status();
        Path slow = realm.source().home();
        Path other = realm.source().home();
        URI people = URI.create(status.central().url());
        URI machines = realm.machines();
        URI daemon = URI.create(status.daemons().get(0).url());
        String api = people.getPath() + "/api/v1";
        slow(slow, people, "POST " + api + "/enrollments");
        slow(slow, machines, "POST " + api + "/looks");
        slow(slow, daemon, "POST /cranny/v1/proofs");

        long slowest = 0;
        for (int i = 0; i < LOOKS; i++) {
            slowest = Math.max(slowest, took(other, people, api + "/health"));
            slowest = Math.max(slowest, took(other, machines, api + "/health"));
            slowest = Math.max(slowest, took(other, daemon, "/cranny/v1/status"));
        }
        System.out.printf(
                Locale.ROOT,
                "slow clients: %d connections, others waited %d ms at most of %d looks%n",
                sockets.size(),
                slowest,
                3 * LOOKS);
        assertTrue(slowest < MOST_MILLIS, slowest + " ms");
    }

    /** What they asked for waits on the host's disk, not in its memory. */
    @Test
    @LongForm
    void whoeverReadsNothingTakesNoMemoryOfAHost() throws Exception {
        ClusterStatus status = realm.status();
        ClusterStatus.Daemon daemon = status.daemons().get(0);
        Cranny source = realm.source();
        Path file = Contents.noise(realm.emptyFolder("noise").resolve("noise"), 40 << 20, 1);
        Claims.done(source.run("backup", file.toString()));
        Path fragment = Realm.fragments(daemon).stream()
                .filter(each -> each.toFile().length() > 12 << 20)
                .max(Comparator.comparingLong(each -> each.toFile().lastModified()))
                .orElseThrow();
        String id = fragment.getParent().getFileName() + fragment.getFileName().toString();
        URI server = URI.create(daemon.url());

        for (int i = 0; i < READERS; i++) {
            SSLSocket socket = connect(source.home(), server);
            String request =
                    "GET /cranny/v1/fragments/" + id + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        }
        for (SSLSocket socket : sockets) {
            assertEquals("HTTP/1.1 200", new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII));
        }
        for (int i = 0; i < LOOKS; i++) {
            assertTrue(took(source.home(), server, "/cranny/v1/status") < MOST_MILLIS);
        }
        long all = 0;
        for (SSLSocket socket : sockets) {
            all += socket.getInputStream().readNBytes((int) fragment.toFile().length()).length;
        }
        assertEquals(READERS * fragment.toFile().length(), all);
        Path log = realm.centralLog().resolveSibling("daemon-" + daemon.index() + ".log");
        assertFalse(Files.readString(log).contains("OutOfMemoryError"), "see " + log);
    }

    /** As many that never say what they want as such that never end to say it. */
    private void slow(Path home, URI server, String request) throws IOException {
        String head =
                request + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\nContent-Type: application/json\r\n";
        for (int i = 0; i < OF_EACH_KIND; i++) {
            trickle(connect(home, server), head, "X-Slow: ");
            trickle(connect(home, server), head + "Content-Length: 4000\r\n\r\n{\"name\":\"", "");
        }
    }

    private SSLSocket connect(Path home, URI server) throws IOException {
        char[] password =
                Files.readString(home.resolve("identity.password")).strip().toCharArray();
        SSLSocket socket = (SSLSocket)
                MutualTls.context(MachineIdentity.load(home.resolve("identity.p12"), password), peer -> true)
                        .getSocketFactory()
                        .createSocket(server.getHost(), server.getPort());
        socket.startHandshake();
        sockets.add(socket);
        return socket;
    }

    private void trickle(SSLSocket socket, String begin, String then) throws IOException {
        socket.getOutputStream().write((begin + then).getBytes(StandardCharsets.US_ASCII));
        trickle.scheduleWithFixedDelay(
                () -> {
                    try {
                        socket.getOutputStream().write('a');
                    } catch (IOException over) {
                        throw new IllegalStateException(over);
                    }
                },
                2,
                2,
                TimeUnit.SECONDS);
    }

    /** On a connection of its own, as somebody who comes anew. */
    private static long took(Path home, URI server, String path) throws IOException {
        long from = System.nanoTime();
        try (KeptConnection connection = KeptConnection.of(home, server)) {
            assertTrue(connection.get(path) == 200, path);
        }
        return (System.nanoTime() - from) / 1_000_000;
    }
}
