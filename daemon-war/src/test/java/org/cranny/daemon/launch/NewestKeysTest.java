package org.cranny.daemon.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.cranny.daemon.identity.TestRealm;
import org.cranny.daemon.identity.TestRealm.Member;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A listener whose key managers are made as the server makes them. */
class NewestKeysTest {
    private static final TestRealm REALM = new TestRealm();
    private static final Member HOST = REALM.member(7);
    private static final String KEY_STORE = Launch.IDENTITY;

    @TempDir
    Path folder;

    private Path identity;
    private String before;
    private HttpsServer server;

    @BeforeEach
    void listen() throws Exception {
        keep(HOST);
        identity = folder.resolve("identity.p12");
        before = System.setProperty(KEY_STORE, identity.toString());
        char[] password =
                Files.readString(folder.resolve("identity.password")).strip().toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(identity)) {
            store.load(in, password);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509", new RenewingKeys());
        factory.init(store, password);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(factory.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        if (before == null) {
            System.clearProperty(KEY_STORE);
        } else {
            System.setProperty(KEY_STORE, before);
        }
    }

    @Test
    void peersSeeARenewedCertificateWithoutARestart() throws Exception {
        assertEquals(HOST.certificate(), shown());
        Member renewed =
                new Member(HOST.id(), HOST.keys(), REALM.certify(HOST.keys().getPublic(), 7));
        keep(renewed);
        assertEquals(renewed.certificate(), shown());
        assertEquals(renewed.certificate(), shown());
    }

    @Test
    void aFileThatCannotBeReadChangesNothing() throws Exception {
        assertEquals(HOST.certificate(), shown());
        Files.writeString(identity, "no identity");
        assertEquals(HOST.certificate(), shown());
        Files.delete(identity);
        assertEquals(HOST.certificate(), shown());
        Member renewed =
                new Member(HOST.id(), HOST.keys(), REALM.certify(HOST.keys().getPublic(), 7));
        keep(renewed);
        assertEquals(renewed.certificate(), shown());
    }

    private void keep(Member member) {
        REALM.home(folder, member, TestRealm.settings("https://127.0.0.1:1", "https://127.0.0.1:1"));
    }

    /** What a peer sees that was never here before. */
    private Certificate shown() throws Exception {
        SSLContext tls = REALM.tls(REALM.member(8), number -> number == 7);
        try (SSLSocket socket = (SSLSocket) tls.getSocketFactory()
                .createSocket(
                        server.getAddress().getAddress(), server.getAddress().getPort())) {
            socket.startHandshake();
            return socket.getSession().getPeerCertificates()[0];
        }
    }
}
