package org.cranny.daemon.identity;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.cranny.protocol.enrollment.Enrolled;
import org.cranny.protocol.enrollment.EnrollmentRequest;
import org.cranny.protocol.grant.RealmKeys;
import org.cranny.protocol.http.BoundedBody;
import org.cranny.protocol.http.Exchange;
import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.json.ClosedJson;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.tls.PeerCheck;

/**
 * Joins a realm: makes a key that never leaves this machine, has it certified, and writes the home.
 *
 * <p>Nothing is trusted because it was seen first: central must show the authority whose fingerprint the
 * administrator gave, and everything that it answers must chain to that authority ({@code docs/protocol/README.md}).
 * The identity is written last, so a home is enrolled wholly or not at all.
 */
final class Enrollment {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LARGEST_ANSWER = 1 << 20;

    private final Home home;
    private final PinnedTrust trust;
    private final KeyPair keys;

    /** @param caFingerprint SHA-256 of the authority's certificate, hex; colons and capitals are fine */
    Enrollment(Home home, String caFingerprint) {
        this(home, caFingerprint, newKeys());
    }

    /** @param keys that were drawn before */
    Enrollment(Home home, String caFingerprint, KeyPair keys) {
        this.home = home;
        this.trust = new PinnedTrust(caFingerprint);
        this.keys = keys;
    }

    /**
     * @param central address of the people's listener
     * @throws ProblemException when central refuses, or is not the one that was meant
     */
    SystemId join(URI central, String token, Settings wished, String failureDomain) throws IOException {
        if (!Files.notExists(home.identity())) {
            throw new ProblemException(
                    ProblemKind.BAD_REQUEST, home.folder() + " is enrolled already; choose another --home");
        }
        List<String> roles = List.of(wished.monitorOnly() ? "monitor" : "host");
        EnrollmentRequest request =
                new EnrollmentRequest(token, wished.name(), roles, csr(), wished.address(), failureDomain);
        Enrolled enrolled = send(central, request);
        if (enrolled.machinesUrl() == null) {
            throw new ProblemException(
                    ProblemKind.UNSUPPORTED, "central's answer does not say where machines talk to it");
        }
        return settle(enrolled, wished.enrolledAt(central));
    }

    private Enrolled send(URI central, EnrollmentRequest request) throws IOException {
        Jsonb json = JsonbBuilder.create();
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(PATIENCE)
                .sslContext(pinned())
                .build();
        HttpRequest post = HttpRequest.newBuilder(
                        URI.create(central.toString().replaceAll("/+$", "") + "/api/v1/enrollments"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.toJson(request)))
                .build();
        try {
            HttpResponse<String> response = Exchange.send(client, post, BoundedBody.text(LARGEST_ANSWER));
            if (response.statusCode() != 201) {
                throw new ProblemException(problem(json, response));
            }
            return json.fromJson(ClosedJson.require(response.body()), Enrolled.class);
        } catch (SSLException e) {
            throw new ProblemException(
                    ProblemKind.NOT_ALLOWED,
                    central + " is not the central that was meant: " + PinnedTrust.reason(e)
                            + "; compare --ca-fingerprint with what your administrator gave you");
        } catch (JsonbException | MalformedException e) {
            throw new ProblemException(ProblemKind.UNSUPPORTED, central + " does not answer as a central does");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Problem problem(Jsonb json, HttpResponse<String> response) {
        try {
            Problem problem = json.fromJson(ClosedJson.require(response.body()), Problem.class);
            if (problem != null && problem.kind() != null && problem.detail() != null) {
                return problem;
            }
        } catch (JsonbException | MalformedException e) {
            return unexpected(response);
        }
        return unexpected(response);
    }

    private static Problem unexpected(HttpResponse<String> response) {
        return Problem.of(ProblemKind.UNSUPPORTED, "central answers " + response.statusCode());
    }

    PublicKey publicKey() {
        return keys.getPublic();
    }

    /** Believes central's answer if all of it hangs on the pinned authority, and writes the home. */
    SystemId settle(Enrolled enrolled, Settings wished) throws IOException {
        try {
            X509Certificate[] chain =
                    new X509Certificate[enrolled.certificates().size()];
            for (int i = 0; i < chain.length; i++) {
                chain[i] = Certificates.ofPem(enrolled.certificates().get(i));
            }
            X509Certificate authority = chain[chain.length - 1];
            SystemId system = check(chain, authority, enrolled);
            write(chain, authority, enrolled, wished);
            return system;
        } catch (GeneralSecurityException | MalformedException | RuntimeException e) {
            throw new ProblemException(ProblemKind.UNSUPPORTED, "the answer is not good: " + e.getMessage());
        }
    }

    private SystemId check(X509Certificate[] chain, X509Certificate authority, Enrolled enrolled)
            throws CertificateException, MalformedException {
        if (!trust.isPinned(authority)) {
            throw new CertificateException("it names another authority");
        }
        SystemId system = new SystemId(RealmId.of(authority.getPublicKey()), enrolled.system());
        new PeerCheck(authority, system::equals).checkClientTrusted(chain, "EC");
        if (!chain[0].getPublicKey().equals(keys.getPublic())) {
            throw new CertificateException("the certificate is another machine's");
        }
        RealmKeys.open(Signed.parse(enrolled.realmKeys()), authority.getPublicKey());
        return system;
    }

    private void write(X509Certificate[] chain, X509Certificate authority, Enrolled enrolled, Settings wished)
            throws IOException, GeneralSecurityException {
        char[] password = newPassword();
        String ca = Certificates.pem("CERTIFICATE", authority.getEncoded());
        Home.replace(home.realm("ca.pem"), ca.getBytes(StandardCharsets.US_ASCII));
        Home.replace(home.realm("keys"), (enrolled.realmKeys() + "\n").getBytes(StandardCharsets.US_ASCII));
        new Settings(
                        wished.name(),
                        wished.address(),
                        enrolled.machinesUrl() == null ? null : URI.create(enrolled.machinesUrl()),
                        wished.quota(),
                        wished.keepFree())
                .enrolledAt(wished.people())
                .store(home);
        KeyStore trusted = Certificates.emptyStore();
        trusted.setCertificateEntry("authority", authority);
        Home.replace(home.trusted(), Certificates.octets(trusted, password));
        Home.replace(home.password(), (new String(password) + "\n").getBytes(StandardCharsets.US_ASCII));
        Home.replace(home.identity(), Certificates.identity(keys.getPrivate(), password, chain));
    }

    private String csr() {
        return csr(keys);
    }

    /** A certification request (PKCS#10, PEM) for a key. */
    static String csr(KeyPair keys) {
        try {
            byte[] request = new JcaPKCS10CertificationRequestBuilder(
                            new X500Principal("CN=cranny host"), keys.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                    .getEncoded();
            return Certificates.pem("CERTIFICATE REQUEST", request);
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private SSLContext pinned() {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, new TrustManager[] {trust}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static char[] newPassword() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random).toCharArray();
    }
}
