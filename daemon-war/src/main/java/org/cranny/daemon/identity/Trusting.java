package org.cranny.daemon.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cranny.daemon.capacity.Lending;
import org.cranny.protocol.enrollment.JoinBundle;
import org.cranny.protocol.enrollment.JoinRequest;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.tls.MachineIdentity;

/**
 * Lets the owner of a machine that belongs to one realm serve another one, too. The daemon keeps its number, key and
 * certificate: the other realm's keeper lists it by these. The other realm is believed only when its authority has the
 * fingerprint that the owner was given; its folder is complete when it has {@code keys}, which are written last.
 */
final class Trusting {
    private final Home home;

    Trusting(Home home) {
        this.home = home;
    }

    /** What the keeper of another realm needs. @param quota the most that is lent to it, or null for the quota */
    JoinRequest request(String quota) throws IOException {
        MachineIdentity machine = Identity.load(home).machine();
        Settings settings = Settings.load(home);
        if (settings.monitorOnly()) {
            throw new ProblemException(
                    ProblemKind.BAD_REQUEST, home.folder() + " is of a monitor, which keeps nothing");
        }
        try {
            List<String> chain = new ArrayList<>();
            for (X509Certificate certificate : machine.chain()) {
                chain.add(Certificates.pem("CERTIFICATE", certificate.getEncoded()));
            }
            String lent = quota == null ? settings.quota() : quota;
            return new JoinRequest(
                    JoinRequest.KIND,
                    JoinRequest.FORMAT,
                    settings.name(),
                    List.of("host"),
                    Enrollment.csr(new KeyPair(machine.certificate().getPublicKey(), machine.key())),
                    settings.address(),
                    null,
                    lent == null ? 0 : Lending.bytes(lent),
                    chain);
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Trusts a realm, or takes its newer keys.
     *
     * @param quota the most that is lent to it, or null for whatever is lent
     * @throws ProblemException when the bundle is another realm's, or altered, or the daemon's own realm's
     */
    RealmId add(JoinBundle bundle, String caFingerprint, String quota) throws IOException {
        Identity identity = Identity.load(home);
        if (quota != null) {
            Lending.bytes(quota);
        }
        boolean known = JoinBundle.KIND.equals(bundle.cranny())
                && bundle.format() == JoinBundle.FORMAT
                && bundle.enrolled() != null
                && bundle.enrolled().certificates() != null
                && !bundle.enrolled().certificates().isEmpty();
        if (!known) {
            throw new ProblemException(ProblemKind.UNSUPPORTED, "this is no bundle of this version for a host");
        }
        try {
            List<String> certificates = bundle.enrolled().certificates();
            X509Certificate authority = Certificates.ofPem(certificates.get(certificates.size() - 1));
            if (!new PinnedTrust(caFingerprint).isPinned(authority)) {
                throw new ProblemException(
                        ProblemKind.NOT_ALLOWED,
                        "this is the bundle of another realm than the one that was meant: its authority has the"
                                + " fingerprint " + Certificates.fingerprint(authority));
            }
            RealmKeys keys = RealmKeys.open(Signed.parse(bundle.enrolled().realmKeys()), authority.getPublicKey());
            if (keys.realm().equals(identity.realm())) {
                throw new ProblemException(ProblemKind.BAD_REQUEST, "this is the daemon's own realm");
            }
            keep(authority, keys, bundle.enrolled().realmKeys(), quota);
            return keys.realm();
        } catch (GeneralSecurityException | MalformedException e) {
            throw new ProblemException(ProblemKind.UNSUPPORTED, "the bundle is not good: " + e.getMessage());
        }
    }

    private void keep(X509Certificate authority, RealmKeys keys, String signedKeys, String quota)
            throws IOException, GeneralSecurityException {
        Issuer before = Issuers.added(home).get(keys.realm());
        Path folder = home.issuer(keys.realm());
        if (before != null && before.keys().issued().isAfter(keys.issued())) {
            throw new ProblemException(ProblemKind.BAD_REQUEST, "newer keys of this realm are known already");
        }
        Home.replace(folder.resolve("ca.pem"), ascii(Certificates.pem("CERTIFICATE", authority.getEncoded())));
        if (quota == null) {
            Files.deleteIfExists(folder.resolve("quota"));
        } else {
            Home.replace(folder.resolve("quota"), ascii(quota + "\n"));
        }
        Home.replace(folder.resolve("keys"), ascii(signedKeys + "\n"));
        writeTrusted();
    }

    /** What the listener believes: the own authority and those that were added. */
    private void writeTrusted() throws IOException, GeneralSecurityException {
        KeyStore trusted = Certificates.emptyStore();
        trusted.setCertificateEntry("authority", Identity.load(home).authority());
        for (Map.Entry<RealmId, Issuer> each : Issuers.added(home).entrySet()) {
            trusted.setCertificateEntry(each.getKey().hex(), each.getValue().authority());
        }
        char[] password = Files.readString(home.password(), StandardCharsets.US_ASCII)
                .strip()
                .toCharArray();
        Home.replace(home.trusted(), Certificates.octets(trusted, password));
    }

    /** @throws ProblemException NOT_FOUND when it is not trusted */
    void remove(RealmId realm) throws IOException {
        Path keys = home.issuer(realm).resolve("keys");
        if (!Files.deleteIfExists(keys)) {
            throw new ProblemException(ProblemKind.NOT_FOUND, "realm " + realm + " is not one that was added");
        }
        try {
            writeTrusted();
        } catch (GeneralSecurityException e) {
            throw new IOException("the list of authorities cannot be written: " + e.getMessage(), e);
        }
        Files.deleteIfExists(home.issuer(realm).resolve("quota"));
        Files.deleteIfExists(home.issuer(realm).resolve("ca.pem"));
        Files.deleteIfExists(home.issuer(realm));
    }

    /** For people: one line a realm, the own first. */
    List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        Identity identity = Identity.load(home);
        Settings settings = Settings.load(home);
        lines.add(identity.realm() + "  its own" + (settings.hasCentral() ? ", with central " + settings.central() : "")
                + (settings.quota() == null ? "" : ", all realms together " + settings.quota()));
        Issuers.added(home)
                .forEach((realm, issuer) ->
                        lines.add(realm + "  added" + (issuer.quota() == null ? "" : ", at most " + issuer.quota())));
        return lines;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
