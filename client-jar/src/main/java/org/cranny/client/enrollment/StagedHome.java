package org.cranny.client.enrollment;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.cranny.client.home.Configuration;
import org.cranny.client.home.DurableFiles;
import org.cranny.client.home.Home;
import org.cranny.engine.keys.KeyRing;
import org.cranny.protocol.tls.MachineIdentity;

/**
 * An enrollment on its way into a home, in the folder {@code enrolling}.
 *
 * <p>Life: made, filled with everything central's answer brought ({@link #complete}: its config is there), marked when
 * the keys are in escrow, moved into the home file by file with the config last. A machine that stops in between goes
 * on from there, without a new token once the answer is on disk.
 */
final class StagedHome {
    private static final String DEPOSITED = "deposited";
    private static final List<String> ITERATIONS = List.of(
            "keystore.pkcs12.keyPbeIterationCount",
            "keystore.pkcs12.certPbeIterationCount",
            "keystore.pkcs12.macIterationCount");

    static {
        // The password is 256 random bits: stretching it gains nothing, and every command would pay for it.
        ITERATIONS.forEach(count -> System.setProperty(count, "16"));
    }

    private final Home home;
    private final Home stage;

    StagedHome(Home home) {
        this.home = home;
        this.stage = Home.at(home.folder().resolve("enrolling"));
    }

    Home stage() {
        return stage;
    }

    boolean complete() {
        return stage.enrolled();
    }

    boolean deposited() {
        return Files.exists(stage.folder().resolve(DEPOSITED));
    }

    void markDeposited() throws IOException {
        DurableFiles.write(stage.folder().resolve(DEPOSITED), new byte[0]);
    }

    /** @param formerKeys public keys, base64, of the machine whose place this one takes; usually none */
    void fill(
            Membership membership,
            KeyRing ring,
            Configuration configuration,
            List<String> formerKeys,
            SecureRandom random)
            throws IOException {
        clear();
        DurableFiles.makeFolder(stage.authority().getParent());
        writeIdentity(membership.identity(), random);
        DurableFiles.write(stage.authority(), pem(membership.identity().authority()));
        DurableFiles.write(stage.realmKeysFile(), ascii(membership.signedKeys()));
        if (!formerKeys.isEmpty()) {
            DurableFiles.write(stage.formerKeysFile(), ascii(String.join("\n", formerKeys)));
        }
        stage.keepAllotment(membership.allotment());
        byte[] keys = ring.encode();
        DurableFiles.write(stage.keyRing(), keys);
        Arrays.fill(keys, (byte) 0);
        DurableFiles.write(stage.config(), configuration.encode());
        DurableFiles.sync(home.folder());
    }

    /** Makes the home an enrolled one. May be repeated after a crash. */
    void moveIn() throws IOException {
        DurableFiles.makeFolder(home.authority().getParent());
        for (Path staged : inOrder()) {
            if (!Files.notExists(staged)) {
                Path target = home.folder().resolve(stage.folder().relativize(staged));
                DurableFiles.move(staged, target);
            }
        }
        clear();
    }

    void clear() throws IOException {
        if (Files.notExists(stage.folder())) {
            return;
        }
        try (Stream<Path> all = Files.walk(stage.folder())) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private List<Path> inOrder() {
        return List.of(
                stage.identityFile(),
                stage.identityPassword(),
                stage.authority(),
                stage.realmKeysFile(),
                stage.formerKeysFile(),
                stage.allotmentFile(),
                stage.keyRing(),
                stage.masterFile(),
                stage.config());
    }

    private void writeIdentity(MachineIdentity identity, SecureRandom random) throws IOException {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        DurableFiles.write(stage.identityPassword(), ascii(password));
        DurableFiles.write(stage.identityFile(), pkcs12(identity, password.toCharArray()));
    }

    static byte[] pkcs12(MachineIdentity identity, char[] password) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, password);
            Certificate[] chain = identity.chain().toArray(Certificate[]::new);
            store.setKeyEntry(MachineIdentity.ALIAS, identity.key(), password, chain);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, password);
            return out.toByteArray();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no PKCS#12", e);
        }
    }

    private static byte[] pem(X509Certificate certificate) {
        try {
            String body = Base64.getMimeEncoder(64, ascii("")).encodeToString(certificate.getEncoded());
            return ascii("-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----");
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] ascii(String line) {
        return (line + "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
