import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Prints the machines of a realm, their newest snapshots, and the hosts that lend space. It needs central's address, the
 * authority's certificate and an API token; what there is to ask stands in the OpenAPI document at {@code /openapi}.
 *
 * <p>Use: {@code java -cp 'lib/*' CrannyReport.java https://central:8081/cranny authority.pem token-file}
 */
public final class CrannyReport {
    private CrannyReport() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 3) {
            System.err.println("Use: CrannyReport https://central:8081/cranny authority.pem token-file");
            System.exit(2);
        }
        String token = Files.readString(Path.of(arguments[2])).strip();
        Client client = ClientBuilder.newBuilder()
                .sslContext(trusting(Path.of(arguments[1])))
                .connectTimeout(5, TimeUnit.SECONDS)
                .readTimeout(60, TimeUnit.SECONDS)
                .register((jakarta.ws.rs.client.ClientRequestFilter)
                        request -> request.getHeaders().putSingle("Authorization", "Bearer " + token))
                .build();
        try {
            report(client.target(arguments[0]).path("api/v1"));
        } finally {
            client.close();
        }
    }

    private static void report(WebTarget api) {
        for (JsonObject machine : list(api.path("systems")).getValuesAs(JsonObject.class)) {
            String number = machine.get("number").toString();
            JsonArray newest = list(api.path("systems").path(number).path("snapshots").queryParam("limit", 1));
            String when = newest.isEmpty() ? "no snapshot" : newest.getJsonObject(0).getString("received");
            System.out.printf("%-8s %-30s %s%n", number, machine.getString("name"), when);
        }
        for (JsonObject host : list(api.path("hosts")).getValuesAs(JsonObject.class)) {
            System.out.printf(
                    "%-8s %-30s %s, %,d bytes free%n",
                    host.get("number"),
                    host.getString("name"),
                    host.getString("state"),
                    host.getJsonNumber("freeBytes").longValue());
        }
    }

    /** A refusal is {@code application/problem+json}, with a line that says what is wrong. */
    private static JsonArray list(WebTarget target) {
        try (Response answer = target.request(MediaType.APPLICATION_JSON).get()) {
            if (answer.getStatus() != 200) {
                throw new IllegalStateException(target.getUri() + ": " + answer.readEntity(String.class));
            }
            try (var reader = jakarta.json.Json.createReader(answer.readEntity(InputStream.class))) {
                return reader.readArray();
            }
        }
    }

    private static SSLContext trusting(Path authority) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(authority)) {
            trusted.setCertificateEntry(
                    "realm", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLSv1.3");
        tls.init(null, trust.getTrustManagers(), null);
        return tls;
    }
}
