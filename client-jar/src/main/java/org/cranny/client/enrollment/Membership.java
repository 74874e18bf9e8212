package org.cranny.client.enrollment;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cranny.protocol.enrollment.Enrolled;
import org.cranny.protocol.grant.Allotment;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.signing.PublicKeys;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.tls.MachineIdentity;
import org.cranny.protocol.tls.PeerCheck;

/**
 * Central's answer to an enrollment, every part of it checked against the pinned authority and our own key.
 *
 * @param machines where machines talk to central, or null where there is none
 * @param signedKeys the realm's keys as they came, base64url
 * @param allotment as it came, base64url
 */
record Membership(MachineIdentity identity, URI machines, RealmKeys keys, String signedKeys, String allotment) {

    static Membership check(Enrolled answer, X509Certificate authority, KeyPair own, Instant now) throws IOException {
        try {
            SystemId system = new SystemId(RealmId.of(authority.getPublicKey()), answer.system());
            MachineIdentity identity = identity(answer, system, authority, own);
            RealmKeys keys = RealmKeys.open(Signed.parse(answer.realmKeys()), authority.getPublicKey());
            refuseForeignAllotment(answer.allotment(), keys, system, own.getPublic(), now);
            return new Membership(
                    identity,
                    answer.machinesUrl() == null ? null : URI.create(answer.machinesUrl()),
                    keys,
                    answer.realmKeys(),
                    answer.allotment());
        } catch (MalformedException | CertificateException | NullPointerException | IllegalArgumentException e) {
            throw new EnrollmentException(
                    "Central's answer cannot be used: " + e.getMessage()
                            + ". Tell your administrator; a new token is needed to try again.",
                    e);
        }
    }

    /** @throws EnrollmentException when a central answered and did not say where machines talk to it */
    URI central() throws EnrollmentException {
        if (machines == null) {
            throw new EnrollmentException(
                    "Central's answer cannot be used: it does not say where machines talk to it. Tell your administrator.");
        }
        return machines;
    }

    private static MachineIdentity identity(Enrolled answer, SystemId system, X509Certificate authority, KeyPair own)
            throws CertificateException {
        List<X509Certificate> chain = certificates(answer.certificates());
        X509Certificate mine = chain.get(0);
        if (!chain.get(chain.size() - 1).equals(authority)) {
            throw new CertificateException("the certificates do not end in the authority");
        }
        if (!mine.getPublicKey().equals(own.getPublic())) {
            throw new CertificateException("the certificate is for another key");
        }
        new PeerCheck(authority, system::equals).checkClientTrusted(chain.toArray(X509Certificate[]::new), "UNKNOWN");
        return new MachineIdentity(system, own.getPrivate(), chain);
    }

    private static List<X509Certificate> certificates(List<String> pems) throws CertificateException {
        if (pems.isEmpty()) {
            throw new CertificateException("there is no certificate");
        }
        List<X509Certificate> chain = new ArrayList<>(pems.size());
        for (String pem : pems) {
            chain.add(certificate(pem));
        }
        return chain;
    }

    static X509Certificate certificate(String pem) throws CertificateException {
        byte[] octets = pem.getBytes(StandardCharsets.US_ASCII);
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(octets));
    }

    private static void refuseForeignAllotment(
            String signed, RealmKeys keys, SystemId system, PublicKey own, Instant now) throws MalformedException {
        if (signed == null) {
            throw new MalformedException("it has no allotment; the token enrolls no sources");
        }
        Allotment allotment = Allotment.open(Signed.parse(signed), keys.grant());
        boolean ours = allotment.allows(system, PublicKeys.fingerprint(own), allotment.issued());
        if (!ours || !now.isBefore(allotment.expires())) {
            throw new MalformedException("the allotment is not for this machine, or its time is over");
        }
    }
}
