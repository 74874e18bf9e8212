package org.cranny.client.realm;

import java.io.IOException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.cranny.client.central.WireRecords;
import org.cranny.protocol.enrollment.JoinRequest;
import org.cranny.protocol.octets.OctetWriter;
import org.cranny.protocol.readers.Reader;
import org.cranny.protocol.readers.Texts;
import org.cranny.readers.Golden;
import org.cranny.readers.Sealed;

/** What whoever keeps a realm without central reads. */
public final class RealmReaders {
    private static final String MAGIC = "CRNYRA\0\1";

    private RealmReaders() {}

    public static List<Reader> all() throws Exception {
        SecureRandom random = new SecureRandom();
        RealmSecrets secrets = RealmSecrets.draw(random, Instant.ofEpochSecond(1_790_000_000));
        return List.of(
                Reader.of(
                        "realm-secrets",
                        IOException.class,
                        List.of(plain(secrets)),
                        octets -> RealmSecrets.open(
                                Sealed.withPassphrase(MAGIC, new byte[0], octets), Sealed.PASSPHRASE)),
                Reader.of("join-request", IOException.class, joinSeeds(secrets), RealmReaders::join));
    }

    private static byte[] plain(RealmSecrets secrets) throws Exception {
        OctetWriter out = new OctetWriter().bytes(secrets.certificate().getEncoded());
        for (KeyPair pair : List.of(
                secrets.authority(),
                secrets.grant(),
                secrets.masterFile(),
                secrets.catalogue(),
                secrets.escrow(),
                secrets.browse())) {
            out.bytes(pair.getPrivate().getEncoded()).bytes(pair.getPublic().getEncoded());
        }
        return out.toByteArray();
    }

    private static void join(byte[] octets) throws IOException {
        JoinRequest request = WireRecords.read(octets, JoinRequest.class);
        ForeignHost.of(request, RequestedKey.of(request.csr()), Golden.SOURCE.realm());
    }

    /** The key that signs one is the realm's own, and so the certificate that goes with it. */
    private static List<byte[]> joinSeeds(RealmSecrets secrets) throws Exception {
        String csr = CsrSeed.of(secrets.authority());
        String certificate = Texts.text(
                java.util.Base64.getMimeEncoder().encode(secrets.certificate().getEncoded()));
        String pem = "-----BEGIN CERTIFICATE-----\n" + certificate + "\n-----END CERTIFICATE-----\n";
        JoinRequest source = JoinRequest.of("ws-01", "source", csr, null, null, 0);
        JoinRequest host = new JoinRequest(
                JoinRequest.KIND,
                JoinRequest.FORMAT,
                "ws-01",
                List.of("host"),
                csr,
                "https://10.0.0.1:8443",
                "desk",
                1L << 40,
                List.of(pem, pem));
        return List.of(WireRecords.write(source), WireRecords.write(host));
    }
}
