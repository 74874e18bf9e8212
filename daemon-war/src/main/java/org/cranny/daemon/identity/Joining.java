package org.cranny.daemon.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.cranny.daemon.capacity.Lending;
import org.cranny.protocol.enrollment.JoinBundle;
import org.cranny.protocol.enrollment.JoinRequest;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.signing.PublicKeys;

/**
 * Joins a realm without central, by files that people carry: a request out, a bundle in. The key never leaves this
 * machine; the bundle is believed only when its authority has the fingerprint that the owner was given.
 */
final class Joining {
    private final Home home;

    Joining(Home home) {
        this.home = home;
    }

    /** A request for this host's certificate; asked again, it is for the same key. What the owner wishes is kept. */
    JoinRequest request(Settings wished, String failureDomain) throws IOException {
        refuseEnrolled();
        if (Files.notExists(home.joiningKey())) {
            keep(Enrollment.newKeys());
        }
        wished.store(home);
        long most = Lending.parse(wished.quota(), wished.keepFree()).quotaBytes();
        long quota = most == Long.MAX_VALUE ? 0 : most;
        return JoinRequest.of(wished.name(), "host", Enrollment.csr(kept()), wished.address(), failureDomain, quota);
    }

    /** @throws ProblemException when the bundle is another realm's, another machine's, or altered */
    SystemId join(JoinBundle bundle, String caFingerprint) throws IOException {
        refuseEnrolled();
        if (Files.notExists(home.joiningKey())) {
            throw new ProblemException(
                    ProblemKind.BAD_REQUEST,
                    "no request to join was made in " + home.folder() + "; make one with \"cranny-daemon request\"");
        }
        boolean known = JoinBundle.KIND.equals(bundle.cranny())
                && bundle.format() == JoinBundle.FORMAT
                && bundle.enrolled() != null
                && bundle.enrolled().machinesUrl() == null;
        if (!known) {
            throw new ProblemException(ProblemKind.UNSUPPORTED, "this is no bundle of this version for a host");
        }
        SystemId system = new Enrollment(home, caFingerprint, kept()).settle(bundle.enrolled(), Settings.load(home));
        Files.deleteIfExists(home.joiningKey());
        return system;
    }

    private void refuseEnrolled() {
        if (!Files.notExists(home.identity())) {
            throw new ProblemException(
                    ProblemKind.BAD_REQUEST, home.folder() + " is enrolled already; choose another --home");
        }
    }

    private void keep(KeyPair keys) throws IOException {
        Base64.Encoder base64 = Base64.getEncoder();
        String lines = base64.encodeToString(keys.getPrivate().getEncoded()) + "\n"
                + base64.encodeToString(keys.getPublic().getEncoded()) + "\n";
        Home.replace(home.joiningKey(), lines.getBytes(StandardCharsets.US_ASCII));
    }

    private KeyPair kept() throws IOException {
        try {
            List<String> lines = Files.readAllLines(home.joiningKey(), StandardCharsets.US_ASCII);
            Base64.Decoder base64 = Base64.getDecoder();
            return new KeyPair(
                    PublicKeys.p256(base64.decode(lines.get(1))),
                    KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(base64.decode(lines.get(0)))));
        } catch (GeneralSecurityException
                | MalformedException
                | IllegalArgumentException
                | IndexOutOfBoundsException e) {
            throw new IOException(home.joiningKey() + " cannot be read; remove it and make a fresh request", e);
        }
    }
}
