package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.cranny.central.alert.Channels;
import org.cranny.central.settings.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mail goes over TLS to the server that was meant, or not at all. */
class MailSecurityTest {
    @TempDir
    Path folder;

    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private Path home;
    private StartTlsRelay relay;

    @BeforeEach
    void start() throws Exception {
        mail.start();
        home = folder.resolve("home");
        Homes.make(home);
        relay = new StartTlsRelay("127.0.0.1", context(), mail.getSmtp().getPort());
    }

    @AfterEach
    void stop() throws Exception {
        relay.close();
        mail.stop();
    }

    /** Shows a certificate for localhost and 127.0.0.1 that the authority of the home signed. */
    private SSLContext context() throws Exception {
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

    private Channels.Trial trial(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "cranny.mail.from", "cranny@example.org",
                "cranny.mail.to", "admin@example.org",
                "cranny.mail.server", "127.0.0.1:" + relay.port()));
        settings.putAll(more);
        List<Channels.Trial> trials = new Channels(Settings.of(settings), new ManualClock()).tryAll("admin");
        assertEquals(1, trials.size());
        return trials.get(0);
    }

    private Map<String, String> trusting(Path authority) {
        return Map.of("cranny.mail.authority-file", authority.toString());
    }

    @Test
    void mailGoesOverStartTlsToAServerWhoseAuthorityIsTrusted() {
        Channels.Trial trial = trial(trusting(home.resolve("authority.pem")));
        assertTrue(trial.delivered(), trial::toString);
        assertEquals(1, mail.getReceivedMessages().length);
        assertTrue(
                relay.inClear.stream().allMatch(line -> line.startsWith("EHLO") || line.equals("STARTTLS")),
                relay.inClear.toString());
    }

    @Test
    void nothingGoesToAServerWhoseCertificateNobodyTrustsHere() {
        refused(trial(Map.of()));
    }

    @Test
    void nothingGoesToAServerWithAnotherName() throws Exception {
        relay.close();
        relay = new StartTlsRelay("127.0.0.2", context(), mail.getSmtp().getPort());
        Map<String, String> settings = new HashMap<>(trusting(home.resolve("authority.pem")));
        settings.put("cranny.mail.server", "127.0.0.2:" + relay.port());
        refused(trial(settings));
    }

    @Test
    void nothingGoesToAServerThatOffersNoEncryption() {
        Map<String, String> settings = new HashMap<>(trusting(home.resolve("authority.pem")));
        settings.put("cranny.mail.server", "127.0.0.1:" + mail.getSmtp().getPort());
        refused(trial(settings));
        settings.put("cranny.mail.security", "tls");
        refused(trial(settings));
    }

    private void refused(Channels.Trial trial) {
        assertFalse(trial.delivered(), trial::toString);
        assertEquals(0, mail.getReceivedMessages().length);
        assertTrue(
                relay.inClear.stream().allMatch(line -> line.startsWith("EHLO") || line.equals("STARTTLS")),
                relay.inClear.toString());
    }
}
