package org.cranny.daemon.identity;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;
import org.cranny.protocol.enrollment.Enrolled;
import org.cranny.protocol.enrollment.Renewal;
import org.cranny.protocol.enrollment.RenewalChallenge;
import org.cranny.protocol.enrollment.RenewalRequest;
import org.cranny.protocol.http.BoundedBody;
import org.cranny.protocol.http.Exchange;
import org.cranny.protocol.json.ClosedJson;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.tls.MachineIdentity;
import org.cranny.protocol.tls.PeerCheck;

/**
 * Gets this daemon a new certificate for the key that it has, when less than a third of the old one's time is left, or
 * however long after it ended: it signs a challenge of central.
 *
 * <ul>
 *   <li>Central is known by the authority that was pinned at enrollment; a certificate is taken only when that authority
 *       issued it for this number and this key.
 *   <li>The new certificate is on the disk before it is used; a crash leaves the old identity or the new one.
 *   <li>Whatever prevents it is one line in the log, said once; the daemon goes on, and tries again.
 * </ul>
 *
 * <p>Nothing here knows the library that makes certificates: a running daemon does not have it.
 */
public final class CertificateRenewal {
    private static final Logger LOG = System.getLogger(CertificateRenewal.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LARGEST_ANSWER = 1 << 20;
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration USUAL = Duration.ofHours(3);
    private static final Duration AFTER_TROUBLE = Duration.ofMinutes(10);
    private static final long CENTRAL = 1;

    private final Home home;
    private final Settings settings;
    private final Identity identity;
    private final Realm realm;
    private final Clock clock;
    private final RandomGenerator random;
    private final Jsonb json;
    private String lastTrouble = "";

    public CertificateRenewal(
            Home home,
            Settings settings,
            Identity identity,
            Realm realm,
            Clock clock,
            RandomGenerator random,
            Jsonb json) {
        this.home = home;
        this.settings = settings;
        this.identity = identity;
        this.realm = realm;
        this.clock = clock;
        this.random = random;
        this.json = json;
    }

    /** How long after the start to look first: soon, and not all machines of a realm at once. */
    public Duration first() {
        return about(FIRST);
    }

    /** Looks once, and renews when it is time. @return how long to wait before the next look */
    public synchronized Duration look() throws InterruptedException {
        if (!settings.hasCentral() || !Renewal.due(identity.machine().certificate(), clock.instant())) {
            return about(USUAL);
        }
        try {
            renew();
            lastTrouble = "";
            LOG.log(Level.INFO, "the certificate was renewed and is good until {0}", identity.validUntil());
            return about(USUAL);
        } catch (IOException | RuntimeException e) {
            say(e instanceof IOException && e.getMessage() != null ? e.getMessage() : e.toString());
            return about(AFTER_TROUBLE);
        }
    }

    /** Once to twice as long. */
    private Duration about(Duration least) {
        return least.plusMillis(random.nextLong(least.toMillis()));
    }

    private void say(String trouble) {
        if (!trouble.equals(lastTrouble)) {
            LOG.log(
                    Level.WARNING,
                    "the certificate is good until {0} and cannot be renewed now: {1}",
                    identity.validUntil(),
                    trouble);
            lastTrouble = trouble;
        }
    }

    private void renew() throws IOException, InterruptedException {
        MachineIdentity before = identity.machine();
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(PATIENCE)
                .sslContext(identity.tls(system -> system == CENTRAL))
                .build();
        RenewalChallenge challenge = post(client, "/renewals/challenge", "{}", RenewalChallenge.class);
        Enrolled answer = post(client, "/renewals", json.toJson(signed(challenge, before)), Enrolled.class);
        MachineIdentity after = check(answer, before);
        keep(after);
        identity.renewed(after);
    }

    private static RenewalRequest signed(RenewalChallenge challenge, MachineIdentity self) throws IOException {
        try {
            byte[] octets = Base64.getUrlDecoder().decode(challenge.challenge());
            return new RenewalRequest(
                    new Renewal(self.system(), octets).sign(self.key()).text());
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new IOException("central's challenge cannot be read", e);
        }
    }

    private <T> T post(HttpClient client, String resource, String body, Class<T> type)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(listener() + "/api/v1" + resource))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = Exchange.send(client, request, BoundedBody.text(LARGEST_ANSWER));
        if (response.statusCode() != 200) {
            throw new IOException(refusal(response));
        }
        try {
            T answer = json.fromJson(ClosedJson.require(response.body()), type);
            if (answer != null) {
                return answer;
            }
        } catch (JsonbException | MalformedException e) {
            throw new IOException("central does not answer as a central does", e);
        }
        throw new IOException("central does not answer as a central does");
    }

    /** The people's listener, which asks for no certificate; the machines' one takes one that is still good. */
    private String listener() {
        URI listener = settings.people() == null ? settings.central() : settings.people();
        return listener.toString().replaceAll("/+$", "");
    }

    private String refusal(HttpResponse<String> response) {
        try {
            Problem problem = json.fromJson(ClosedJson.require(response.body()), Problem.class);
            if (problem != null && problem.kind() != null && problem.detail() != null) {
                return problem.kind() + ", " + problem.detail();
            }
        } catch (JsonbException | MalformedException e) {
            return "central answers " + response.statusCode();
        }
        return "central answers " + response.statusCode();
    }

    /** Believes the answer when the pinned authority certifies this machine and key again. */
    private MachineIdentity check(Enrolled answer, MachineIdentity before) throws IOException {
        try {
            List<String> texts = answer.certificates() == null ? List.of() : answer.certificates();
            X509Certificate[] chain = new X509Certificate[texts.size()];
            for (int i = 0; i < chain.length; i++) {
                chain[i] = Certificates.ofPem(texts.get(i));
            }
            if (chain.length < 2 || !chain[chain.length - 1].equals(before.authority())) {
                throw new CertificateException("it names another authority");
            }
            new PeerCheck(before.authority(), before.system()::equals).checkClientTrusted(chain, "EC");
            if (!chain[0].getPublicKey().equals(before.certificate().getPublicKey())) {
                throw new CertificateException("the certificate is for another key");
            }
            realm.accept(answer.realmKeys());
            return new MachineIdentity(before.system(), before.key(), List.of(chain));
        } catch (CertificateException | MalformedException | IllegalArgumentException | NullPointerException e) {
            throw new IOException("central's answer is not good: " + e.getMessage(), e);
        }
    }

    private void keep(MachineIdentity next) throws IOException {
        char[] password = Files.readString(home.password(), StandardCharsets.US_ASCII)
                .strip()
                .toCharArray();
        try {
            X509Certificate[] chain = next.chain().toArray(X509Certificate[]::new);
            Home.replace(home.identity(), Certificates.identity(next.key(), password, chain));
        } catch (GeneralSecurityException e) {
            throw new IOException("the new certificate cannot be kept: " + e.getMessage(), e);
        }
    }
}
