package org.cranny.client.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.cranny.client.status.HostReport;
import org.cranny.client.status.HostReports;
import org.cranny.client.stub.EndlessServer;
import org.cranny.client.stub.TestRealm;
import org.cranny.engine.backup.CatalogueAwayException;
import org.cranny.engine.transfer.Hosts.Probe;
import org.cranny.engine.transfer.HttpHosts;
import org.cranny.engine.transfer.Limits;
import org.cranny.engine.transfer.TransferException;
import org.cranny.engine.transfer.TransferException.Reason;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.tls.MachineIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever answers without an end is told apart, and fills no memory. */
class EndlessAnswersTest {
    private static final FragmentId PACK = FragmentId.of("ab".repeat(32));
    private static final String JSON = "application/json";

    @TempDir
    Path folder;

    private final TestRealm realm = new TestRealm();
    private final MachineIdentity source = realm.machine(7);

    /** What a host may be asked for. */
    enum OfAHost {
        PUT(200) {
            @Override
            void ask(HttpHosts hosts, Host host, Path file) throws TransferException {
                hosts.put(host, PACK, file);
            }
        },
        READ(206) {
            @Override
            void ask(HttpHosts hosts, Host host, Path file) throws TransferException {
                hosts.read(host, PACK, 0, 1 << 20);
            }
        },
        LIST(200) {
            @Override
            void ask(HttpHosts hosts, Host host, Path file) throws TransferException {
                hosts.list(host, null);
            }
        },
        PROVE(200) {
            @Override
            void ask(HttpHosts hosts, Host host, Path file) throws TransferException {
                hosts.prove(host, List.of(new Probe(PACK, 1, 0)));
            }
        },
        PUT_AWAY(200) {
            @Override
            void ask(HttpHosts hosts, Host host, Path file) throws TransferException {
                hosts.putAway(host, List.of(PACK));
            }
        },
        DELETE(200) {
            @Override
            void ask(HttpHosts hosts, Host host, Path file) throws TransferException {
                hosts.delete(host, List.of(PACK));
            }
        },
        REFUSE(404) {
            @Override
            void ask(HttpHosts hosts, Host host, Path file) throws TransferException {
                hosts.read(host, PACK, 0, 1);
            }
        };

        private final int status;

        OfAHost(int status) {
            this.status = status;
        }

        abstract void ask(HttpHosts hosts, Host host, Path file) throws TransferException;
    }

    @ParameterizedTest
    @EnumSource
    void aHostThatAnswersTooMuchIsNotBelieved(OfAHost asked) throws Exception {
        assertNotBelieved(asked, Limits.NONE);
    }

    @Test
    void norIsOneThatIsReadSlowly() throws Exception {
        assertNotBelieved(OfAHost.READ, Limits.of(0, 1L << 30));
    }

    private void assertNotBelieved(OfAHost asked, Limits limits) throws Exception {
        Path file = Files.write(folder.resolve("pack"), new byte[1]);
        try (EndlessServer server = EndlessServer.start(realm.machine(2), asked.status, JSON);
                HttpHosts hosts = new HttpHosts(source, () -> "allotment", limits)) {
            TransferException named =
                    assertThrows(TransferException.class, () -> asked.ask(hosts, host(server.url()), file));
            assertEquals(Reason.WRONG, named.reason());
            assertEquals(2, named.host());
            assertTrue(named.getMessage().startsWith("ws-2 sent too much"), named.getMessage());
            assertTrue(server.isHungUpOn());
            assertEquals(1, server.asked());
        }
    }

    @Test
    void aReportThatNeverEndsIsNone() throws Exception {
        try (EndlessServer server = EndlessServer.start(realm.machine(2), 200, JSON)) {
            HostReport report =
                    new HostReports(source).ask(List.of(host(server.url()))).get(0);
            assertTrue(report.toString().contains("goes on"), report::toString);
            assertTrue(server.isHungUpOn());
        }
    }

    /** What central may be asked for. */
    enum OfCentral {
        LEASE(200, JSON) {
            @Override
            void ask(Central central, Path file) throws IOException {
                central.lease(0, "attempt");
            }
        },
        POLICY(200, JSON) {
            @Override
            void ask(Central central, Path file) throws IOException {
                central.policy(null);
            }
        },
        MASTER_FILE(200, "application/x-ndjson") {
            @Override
            void ask(Central central, Path file) throws IOException {
                central.masterFile(0);
            }
        },
        KEEP_PACK(201, JSON) {
            @Override
            void ask(Central central, Path file) throws IOException {
                central.keepPack(PACK, file);
            }
        },
        READ_PACK(206, "application/octet-stream") {
            @Override
            void ask(Central central, Path file) throws IOException {
                central.readPack(PACK, 0, 1 << 20);
            }
        },
        REFUSE(403, Problem.MEDIA_TYPE) {
            @Override
            void ask(Central central, Path file) throws IOException {
                central.lease(0, "attempt");
            }
        },
        REFUSE_A_PACK(403, Problem.MEDIA_TYPE) {
            @Override
            void ask(Central central, Path file) throws IOException {
                central.keepPack(PACK, file);
            }
        };

        private final int status;
        private final String type;

        OfCentral(int status, String type) {
            this.status = status;
            this.type = type;
        }

        abstract void ask(Central central, Path file) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void aCentralThatAnswersTooMuchIsNotBelieved(OfCentral asked) throws Exception {
        assertNotBelieved(EndlessServer.start(realm.machine(1), asked.status, asked.type), asked);
    }

    @Test
    void norIsOneWhoseMasterFileUnpacksForEver() throws Exception {
        assertNotBelieved(
                EndlessServer.startPacked(realm.machine(1), 200, OfCentral.MASTER_FILE.type), OfCentral.MASTER_FILE);
    }

    private void assertNotBelieved(EndlessServer started, OfCentral asked) throws Exception {
        Path file = Files.write(folder.resolve("pack"), new byte[1]);
        try (EndlessServer server = started;
                Central central = new Central(server.url(), source, millis -> {})) {
            IOException wrong = assertThrows(IOException.class, () -> asked.ask(central, file));
            assertFalse(wrong instanceof CatalogueAwayException, wrong::toString);
            assertTrue(wrong.getMessage().contains("more than an answer can have"), wrong::toString);
            assertTrue(server.isHungUpOn());
            assertEquals(1, server.asked());
        }
    }

    @Test
    void anEventThatNeverEndsEndsTheStream() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Events.Heard heard = new Events.Heard() {
            @Override
            public void event(String name, long number) {
                throw new AssertionError(name);
            }

            @Override
            public void ended() {
                ended.countDown();
            }
        };
        try (EndlessServer server = EndlessServer.start(realm.machine(1), 200, "text/event-stream");
                Central central = new Central(server.url(), source, millis -> {});
                Events events = central.listen(heard)) {
            assertTrue(ended.await(60, TimeUnit.SECONDS));
            assertTrue(events.over());
            assertTrue(server.isHungUpOn());
        }
    }

    private static Host host(URI address) {
        return new Host(2, "ws-2", address.toString(), 1, 1, 1, "always", "host:2", Host.State.ACCEPTING);
    }
}
