package org.cranny.cluster;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.cranny.protocol.tls.MachineIdentity;
import org.cranny.protocol.tls.MutualTls;

/**
 * Calls central and daemons of one realm over TLS, as an administrator, as an enrolled system or as nobody. Errors: an
 * {@link IOException} when nothing answers; any HTTP answer is an answer.
 */
public final class Caller {

    private final HttpClient http;
    private final String authorization;

    private Caller(SSLContext tls, String authorization) {
        this.http = HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        this.authorization = authorization;
    }

    /** A caller without any credentials. */
    public static Caller nobody(String fingerprint) {
        return new Caller(pinned(fingerprint), null);
    }

    public static Caller administrator(String fingerprint, String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new Caller(pinned(fingerprint), "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    /** A caller with the certificate of an enrolled system, read from its home; it calls any system of the realm. */
    public static Caller system(Path home) {
        try {
            char[] password =
                    Files.readString(home.resolve("identity.password")).strip().toCharArray();
            MachineIdentity identity = MachineIdentity.load(home.resolve("identity.p12"), password);
            return new Caller(MutualTls.context(identity, peer -> true), null);
        } catch (IOException e) {
            throw new ClusterException("cannot read the identity in " + home + ": " + e.getMessage(), e);
        }
    }

    private static SSLContext pinned(String fingerprint) {
        try {
            SSLContext tls = SSLContext.getInstance("TLSv1.3");
            tls.init(null, new TrustManager[] {new RealmTrust(fingerprint)}, null);
            return tls;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<String> get(String url) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(url)).GET());
    }

    public HttpResponse<String> post(String url, String json) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        request.timeout(Duration.ofSeconds(60));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    /** Whether the address answers 200 right now. */
    boolean answers(String url) {
        try {
            return get(url).statusCode() == 200;
        } catch (IOException away) {
            return false;
        }
    }

    /** The JSON body of an answer that must be 2xx. */
    public JsonStructure json(String url) throws IOException {
        return body(get(url));
    }

    public static JsonStructure body(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(answer.uri() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.read();
        }
    }
}
