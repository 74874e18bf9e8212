package org.cranny.client.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.cranny.client.central.EndlessAnswersTest.OfAHost;
import org.cranny.client.central.EndlessAnswersTest.OfCentral;
import org.cranny.client.status.HostReports;
import org.cranny.client.stub.GarbledServer;
import org.cranny.client.stub.TestRealm;
import org.cranny.engine.transfer.HttpHosts;
import org.cranny.engine.transfer.Limits;
import org.cranny.engine.transfer.TransferException;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.tls.MachineIdentity;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no answer in HTTP is a failure like others: expected, with a reason, of that host or of central. */
class GarbledAnswersTest {
    private static final TestRealm REALM = new TestRealm();
    private static final MachineIdentity SOURCE = REALM.machine(7);
    private static final MachineIdentity HOST = REALM.machine(2);
    private static final MachineIdentity CENTRAL = REALM.machine(1);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n\r\n",
                "200 OK\r\n\r\n",
                "HTTP/1.1\r\n\r\n",
                "HTTP/1.1 \r\n\r\n",
                "HTTP/1.1 abc OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 -1 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 99999999999 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/9.9 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n",
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 301 Moved\r\nLocation: http://[\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775808\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: nothing\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\n: no name\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nBad Name: 1\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nControl: \u0000\u0001\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Type: ;;;=/\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=none-such\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 500 \r\nContent-Type: application/problem+json\r\nContent-Length: 1\r\n\r\n{",
                "HTTP/1.1 403 \r\nContent-Type: application/problem+json\r\nContent-Length: 4\r\n\r\nnull",
                "HTTP/1.1 403 \r\nContent-Type: application/problem+json\r\nContent-Length: 2\r\n\r\n[]",
                "HTTP/1.1 403 \r\nContent-Type: application/problem+json\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 4\r\n\r\nnull",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n\u00ff\u00fe",
                "HTTP/1.1 200 OK\r\nDate: never\r\nLast-Modified: x\r\nETag: \r\nSet-Cookie: ;\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nRetry-After: -1\r\nContent-Language: ___\r\nAllow: \r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 429 Wait\r\nRetry-After: 99999999999999999999\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 503 Away\r\nRetry-After: tomorrow\r\nContent-Length: 0\r\n\r\n"
            })
    void isAFailureLikeOthers(String answer) throws Exception {
        Path file = Files.write(folder.resolve("pack"), new byte[1]);
        try (GarbledServer server = new GarbledServer(HOST, answer);
                HttpHosts hosts = new HttpHosts(SOURCE, () -> "allotment", Limits.NONE);
                HttpHosts slow = new HttpHosts(SOURCE, () -> "allotment", Limits.of(1L << 30, 1L << 30))) {
            Host host = host(server.url());
            for (OfAHost asked : Set.of(OfAHost.PUT, OfAHost.READ, OfAHost.DELETE)) {
                assertFailsOfTheHost(() -> asked.ask(hosts, host, file));
            }
            assertFailsOfTheHost(() -> OfAHost.READ.ask(slow, host, file));
            new HostReports(SOURCE).ask(List.of(host));
        }
        try (GarbledServer server = new GarbledServer(CENTRAL, answer);
                Central central = new Central(server.url(), SOURCE, millis -> {})) {
            for (OfCentral asked : Set.of(OfCentral.POLICY, OfCentral.KEEP_PACK)) {
                assertFailsAsExpected(() -> asked.ask(central, file));
            }
            assertFailsAsExpected(() -> central.listen(new Silent()).close());
        }
    }

    private static void assertFailsOfTheHost(Asking asking) {
        assertEquals(2, assertThrows(TransferException.class, asking::ask).host());
    }

    private interface Asking {
        void ask() throws IOException;
    }

    /** Something of it may be an answer after all. */
    private static void assertFailsAsExpected(Asking asking) {
        try {
            asking.ask();
        } catch (IOException | ProblemException expected) {
            assertNotNull(expected.getMessage());
        }
    }

    private static final class Silent implements Events.Heard {
        @Override
        public void event(String name, long number) {}

        @Override
        public void ended() {}
    }

    private static Host host(URI address) {
        return new Host(2, "ws-2", address.toString(), 1, 1, 1, "always", "host:2", Host.State.ACCEPTING);
    }
}
