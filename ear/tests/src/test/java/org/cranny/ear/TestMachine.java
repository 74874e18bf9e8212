package org.cranny.ear;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.cranny.protocol.enrollment.Enrolled;
import org.cranny.protocol.enrollment.EnrollmentRequest;
import org.cranny.protocol.enrollment.Token;
import org.cranny.protocol.enrollment.TokenRequest;
import org.cranny.protocol.heartbeat.Capacity;
import org.cranny.protocol.heartbeat.Heartbeat;
import org.cranny.protocol.heartbeat.HeartbeatAnswer;
import org.cranny.protocol.tls.MachineIdentity;
import org.cranny.protocol.tls.PeerCheck;

/** A machine that joined the realm over HTTPS as every machine does; it reports when it is told to. */
record TestMachine(MachineIdentity identity) {
    private static final long GIB = 1L << 30;

    static TestMachine joined(String role) throws IOException {
        Token token = Caller.administrator().post("/tokens", new TokenRequest(List.of(role), 1, 600), Token.class);
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            EnrollmentRequest request = new EnrollmentRequest(
                    token.token(),
                    "test " + role,
                    List.of(role),
                    csr(keys),
                    role.equals("host") ? "https://127.0.0.1:1" : null,
                    null);
            Enrolled enrolled = Caller.nobody().post("/enrollments", request, Enrolled.class);
            List<X509Certificate> chain = chain(enrolled.certificates());
            return new TestMachine(new MachineIdentity(PeerCheck.systemOf(chain.get(0)), keys.getPrivate(), chain));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    Caller caller() {
        return Caller.machine(identity);
    }

    /** Says that it has room; from here on its silence counts. */
    void report() throws IOException {
        Capacity capacity = new Capacity(100 * GIB, 50 * GIB, 60 * GIB, 0, 50 * GIB, 0);
        caller().post(
                        "/heartbeats",
                        new Heartbeat(1, "0.1.0", null, capacity, null, Map.of(), List.of(), null, null, null),
                        HeartbeatAnswer.class);
    }

    private static String csr(KeyPair keys) throws OperatorCreationException, IOException {
        byte[] request = new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=anything"), keys.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                .getEncoded();
        return "-----BEGIN CERTIFICATE REQUEST-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(request)
                + "\n-----END CERTIFICATE REQUEST-----\n";
    }

    private static List<X509Certificate> chain(List<String> pem) throws GeneralSecurityException {
        List<X509Certificate> chain = new ArrayList<>();
        for (String one : pem) {
            chain.add((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(one.getBytes(StandardCharsets.US_ASCII))));
        }
        return chain;
    }
}
