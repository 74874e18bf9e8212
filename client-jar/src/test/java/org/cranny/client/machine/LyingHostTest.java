package org.cranny.client.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.cranny.client.stub.TestRealm;
import org.cranny.client.stub.TlsServers;
import org.cranny.engine.transfer.HttpHosts;
import org.cranny.engine.transfer.Limits;
import org.cranny.engine.transfer.TransferException;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.receipt.Receipt;
import org.cranny.protocol.tls.MachineIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a host says over a real connection about receipts and lengths is believed when it is true, and named when it is not. */
class LyingHostTest {
    private static final int LENGTH = 100_000;
    private static final TestRealm REALM = new TestRealm();
    private static final MachineIdentity SOURCE = REALM.machine(1);
    private static final MachineIdentity HOST = REALM.machine(2);
    private static final MachineIdentity OTHER = REALM.machine(3);
    private static final byte[] OCTETS = octets();
    private static final FragmentId FRAGMENT = name(OCTETS);

    @TempDir
    Path folder;

    private HttpsServer server;
    private HttpHosts hosts;
    private Path file;

    @BeforeEach
    void begin() throws IOException {
        file = Files.write(folder.resolve("pack"), OCTETS);
        hosts = new HttpHosts(SOURCE, () -> "allotment", Limits.NONE);
    }

    @AfterEach
    void end() {
        hosts.close();
        server.stop(0);
    }

    private Host says(HttpHandler handler) throws Exception {
        server = TlsServers.listen(HOST, true, handler);
        String address = "https://127.0.0.1:" + server.getAddress().getPort();
        return new Host(2, "liar", address, 0, 0, 1, "always", "host:2", Host.State.ACCEPTING);
    }

    @Test
    void anHonestReceiptIsTaken() throws Exception {
        assertNotNull(hosts.put(says(receipt(honest(), HOST)), FRAGMENT, file));
    }

    static Stream<Named<HttpHandler>> receipts() {
        Instant now = Instant.now();
        SystemId host = HOST.system();
        SystemId source = SOURCE.system();
        return Stream.of(
                Named.of("of another host", receipt(new Receipt(OTHER.system(), source, FRAGMENT, LENGTH, now), HOST)),
                Named.of("for another source", receipt(new Receipt(host, OTHER.system(), FRAGMENT, LENGTH, now), HOST)),
                Named.of(
                        "for another fragment",
                        receipt(new Receipt(host, source, name(new byte[5]), LENGTH, now), HOST)),
                Named.of("of another length", receipt(new Receipt(host, source, FRAGMENT, LENGTH - 1, now), HOST)),
                Named.of("that another one signed", receipt(honest(), OTHER)),
                Named.of("that is none", answer(201, "{\"receipt\":\"abc\"}")),
                Named.of("that is missing", answer(201, "{}")),
                Named.of("that is null", answer(201, "null")),
                Named.of("in a page", answer(200, "<html>It works!</html>")),
                Named.of("without a body", answer(201, "")));
    }

    @ParameterizedTest
    @MethodSource("receipts")
    void anotherReceiptIsNot(HttpHandler handler) throws Exception {
        Host liar = says(handler);
        TransferException named = assertThrows(TransferException.class, () -> hosts.put(liar, FRAGMENT, file));
        assertEquals(TransferException.Reason.WRONG, named.reason());
        assertEquals(2, named.host());
    }

    @Test
    void theOctetsThatWereAskedForAreTaken() throws Exception {
        Host honest = says(octets(206, Arrays.copyOfRange(OCTETS, 10, 60)));
        assertArrayEquals(Arrays.copyOfRange(OCTETS, 10, 60), hosts.read(honest, FRAGMENT, 10, 50));
    }

    static Stream<Named<HttpHandler>> lengths() {
        return Stream.of(
                Named.of("fewer", octets(206, new byte[49])),
                Named.of("more", octets(206, new byte[51])),
                Named.of("none", octets(206, new byte[0])),
                Named.of("all of it", octets(200, OCTETS)));
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void anotherLengthIsNot(HttpHandler handler) throws Exception {
        Host liar = says(handler);
        TransferException named = assertThrows(TransferException.class, () -> hosts.read(liar, FRAGMENT, 10, 50));
        assertEquals(TransferException.Reason.WRONG, named.reason());
        assertEquals(2, named.host());
    }

    @Test
    void onlyTheDaemonItselfSaysThatAFragmentIsMissing() throws Exception {
        Host host = says(answer(404, "{\"kind\":\"NOT_FOUND\",\"status\":404,\"detail\":\"no fragment is here\"}"));
        TransferException missing = assertThrows(TransferException.class, () -> hosts.read(host, FRAGMENT, 10, 50));
        assertEquals(TransferException.Reason.MISSING, missing.reason());
        server.stop(0);
        Host starting = says(answer(404, "<html><h1>HTTP Status 404 - Not Found</h1></html>"));
        TransferException away = assertThrows(TransferException.class, () -> hosts.read(starting, FRAGMENT, 10, 50));
        assertEquals(TransferException.Reason.AWAY, away.reason());
    }

    static Stream<Named<HttpHandler>> lists() {
        return Stream.of(
                Named.of("nothing", answer(200, "null")),
                Named.of("no list", answer(200, "{}")),
                Named.of("a name that is none", answer(200, "{\"fragments\":[{\"fragment\":\"../x\",\"length\":1}]}")),
                Named.of("no name", answer(200, "{\"fragments\":[null]}")),
                Named.of("a next that is none", answer(200, "{\"fragments\":[],\"next\":\"x\"}")));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void anUnreadableListIsNot(HttpHandler handler) throws Exception {
        Host liar = says(handler);
        TransferException named = assertThrows(TransferException.class, () -> hosts.list(liar, null));
        assertEquals(TransferException.Reason.WRONG, named.reason());
    }

    private static Receipt honest() {
        return new Receipt(HOST.system(), SOURCE.system(), FRAGMENT, LENGTH, Instant.now());
    }

    private static HttpHandler receipt(Receipt receipt, MachineIdentity signer) {
        return answer(201, "{\"receipt\":\"" + receipt.sign(signer.key()).text() + "\"}");
    }

    private static HttpHandler answer(int status, String body) {
        return octets(status, body.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpHandler octets(int status, byte[] body) {
        return exchange -> answer(exchange, status, body);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static byte[] octets() {
        byte[] octets = new byte[LENGTH];
        new Random(1).nextBytes(octets);
        return octets;
    }

    private static FragmentId name(byte[] octets) {
        FragmentHasher hasher = new FragmentHasher();
        hasher.update(octets, 0, octets.length);
        return hasher.finish();
    }
}
