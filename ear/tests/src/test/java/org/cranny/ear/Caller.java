package org.cranny.ear;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.cranny.protocol.tls.MachineIdentity;
import org.cranny.protocol.tls.MutualTls;
import org.cranny.protocol.tls.PeerCheck;

/** Calls central from outside, as nobody, as an administrator or as a machine. Any HTTP answer is an answer. */
final class Caller {
    static final Jsonb JSON = JsonbBuilder.create();
    private static final long CENTRAL = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Pattern STATE = Pattern.compile("name=\"jakarta\\.faces\\.ViewState\"[^>]*value=\"([^\"]+)\"");

    private final HttpClient http;
    private final int port;
    private final String header;
    private final String value;

    /** @param header that each request has, null for none */
    private Caller(SSLContext tls, int port, String header, String value) {
        this.http = HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        this.port = port;
        this.header = header;
        this.value = value;
    }

    static Caller nobody() {
        return new Caller(people(), Server.PEOPLE, null, null);
    }

    static Caller administrator() {
        return known("admin", Server.secret("admin-password"));
    }

    /** A program of this person's. */
    static Caller person(Person person) {
        return known(person.role(), person.password());
    }

    private static Caller known(String name, String password) {
        String credential =
                Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
        return new Caller(people(), Server.PEOPLE, "Authorization", "Basic " + credential);
    }

    /** This person at the pages, logged in. */
    static Caller visitor(Person person) throws IOException {
        HttpResponse<String> page = nobody().send("GET", "/login.xhtml", "text/html", "");
        Matcher state = STATE.matcher(page.body());
        if (!state.find()) {
            throw new IOException("the login page has no form: " + page.body());
        }
        Caller stranger = new Caller(people(), Server.PEOPLE, "Cookie", session(page));
        HttpResponse<String> answer = stranger.send(
                "POST",
                "/login.xhtml",
                "application/x-www-form-urlencoded",
                "login=login&login%3Aenter=x&login%3Aname=" + person.role() + "&login%3Apassword="
                        + URLEncoder.encode(person.password(), StandardCharsets.UTF_8) + "&jakarta.faces.ViewState="
                        + URLEncoder.encode(state.group(1), StandardCharsets.UTF_8));
        return new Caller(people(), Server.PEOPLE, "Cookie", session(answer));
    }

    private static String session(HttpResponse<String> answer) throws IOException {
        return answer.headers()
                .firstValue("Set-Cookie")
                .map(each -> each.substring(0, each.indexOf(';')))
                .orElseThrow(() -> new IOException("no session began: " + answer.statusCode()));
    }

    static Caller machine(MachineIdentity identity) {
        SSLContext tls = MutualTls.context(identity, peer -> peer.number() == CENTRAL);
        return new Caller(tls, Server.MACHINES, null, null);
    }

    /** @param path below {@code /api/v1} */
    HttpResponse<String> get(String path) throws IOException {
        return send("GET", "/api/v1" + path, "application/json", "");
    }

    <T> T post(String path, Object body, Class<T> answer) throws IOException {
        HttpResponse<String> response = send("POST", "/api/v1" + path, "application/json", JSON.toJson(body));
        if (response.statusCode() / 100 != 2) {
            throw new IOException(path + " answered " + response.statusCode() + ": " + response.body());
        }
        return JSON.fromJson(response.body(), answer);
    }

    /** @param path below {@code /cranny} */
    HttpResponse<String> send(String method, String path, String type, String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/cranny" + path))
                .timeout(PATIENCE)
                .header("Content-Type", type)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (header != null) {
            request.header(header, value);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static SSLContext people() {
        try (InputStream in = Files.newInputStream(Server.HOME.resolve("authority.pem"))) {
            X509Certificate authority =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            SSLContext tls = SSLContext.getInstance("TLSv1.3");
            tls.init(null, new TrustManager[] {new PeerCheck(authority, peer -> peer.number() == CENTRAL)}, null);
            return tls;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("the authority of " + Server.HOME + " cannot be read", e);
        }
    }
}
