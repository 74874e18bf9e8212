package org.cranny.daemon.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.cranny.daemon.identity.TestRealm;
import org.cranny.daemon.identity.TestRealm.Member;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trust managers that are made as the server makes them. */
class NewestTrustTest {
    private static final TestRealm REALM = new TestRealm();
    private static final TestRealm GUESTS = new TestRealm();
    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    Path folder;

    private Path file;
    private X509ExtendedTrustManager trust;

    @BeforeEach
    void start() throws Exception {
        file = folder.resolve("truststore.p12");
        trust = made(keep(REALM));
    }

    @Test
    void callersAreBelievedByWhatTheFileSaysWhenTheyCall() throws Exception {
        assertThrows(CertificateException.class, () -> caller(GUESTS));
        keep(REALM, GUESTS);
        caller(GUESTS);
        caller(REALM);
        assertEquals(2, trust.getAcceptedIssuers().length);
        keep(REALM);
        assertThrows(CertificateException.class, () -> caller(GUESTS));
        caller(REALM);
    }

    @Test
    void aRealmThatIsAddedVouchesForNoServer() throws Exception {
        keep(REALM, GUESTS);
        trust.checkServerTrusted(chain(REALM), "UNKNOWN");
        assertThrows(CertificateException.class, () -> trust.checkServerTrusted(chain(GUESTS), "UNKNOWN"));
    }

    @Test
    void aFileThatCannotBeReadChangesNothing() throws Exception {
        caller(REALM);
        Files.writeString(file, "nothing");
        caller(REALM);
        Files.delete(file);
        caller(REALM);
        keep(REALM, GUESTS);
        caller(GUESTS);
    }

    @Test
    void whatBelievesOthersStaysAsJavaMadeIt() throws Exception {
        KeyStore others = store(GUESTS);
        assertFalse(made(others) instanceof NewestTrust);
        assertInstanceOf(NewestTrust.class, trust);
    }

    private X509ExtendedTrustManager made(KeyStore store) throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX", new RenewingTrust(file, PASSWORD));
        factory.init(store);
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }

    private void caller(TestRealm realm) throws CertificateException {
        trust.checkClientTrusted(chain(realm), "EC");
    }

    private static X509Certificate[] chain(TestRealm realm) {
        Member member = realm.member(50);
        return new X509Certificate[] {member.certificate(), realm.authority()};
    }

    private KeyStore keep(TestRealm... realms) throws Exception {
        KeyStore store = store(realms);
        Path part = folder.resolve("part");
        try (OutputStream out = Files.newOutputStream(part)) {
            store.store(out, PASSWORD);
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        return store;
    }

    private static KeyStore store(TestRealm... realms) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        for (TestRealm realm : realms) {
            store.setCertificateEntry(realm.id().hex(), realm.authority());
        }
        return store;
    }
}
