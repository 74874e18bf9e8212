package org.cranny.client.central;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.cranny.protocol.http.Exchange;
import org.cranny.protocol.http.TooLongException;
import org.cranny.protocol.json.ClosedJson;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.glassfish.jersey.client.ClientProperties;
import org.glassfish.jersey.client.RequestEntityProcessing;

/**
 * Central as a person reaches it: the people's listener, and a name and a password or a token. Bodies are JSON values, because what
 * people are shown is what central says. A refusal is a {@link ProblemException}; silence a
 * {@link org.cranny.engine.backup.CatalogueAwayException}. Thread-safe.
 */
public final class PeoplesCentral implements AutoCloseable {
    private static final int FIRST_REFUSAL = 400;
    private static final int LARGEST_PROBLEM = 1 << 20;

    private final ControlCalls calls;
    private final URI people;
    private final SSLContext tls;
    private final String proof;

    /** @param tls believes nobody but the central that is meant */
    public PeoplesCentral(URI people, SSLContext tls, String user, String password) {
        this(people, "Basic " + encoded(user, password), tls);
    }

    /** @param token of a person */
    public PeoplesCentral(URI people, SSLContext tls, String token) {
        this(people, "Bearer " + token, tls);
    }

    private PeoplesCentral(URI people, String proof, SSLContext tls) {
        this.people = people;
        this.tls = tls;
        this.proof = proof;
        calls = new ControlCalls(
                people, tls, Pause.real(), request -> request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, proof));
    }

    private static String encoded(String user, String password) {
        return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** @param path below the API, without a slash before it */
    public JsonValue get(String path) throws IOException {
        return get(path, Map.of());
    }

    public JsonValue get(String path, Map<String, ?> query) throws IOException {
        WebTarget target = calls.api().path(path);
        for (Map.Entry<String, ?> parameter : query.entrySet()) {
            target = target.queryParam(parameter.getKey(), encoded(parameter.getValue()));
        }
        return ask(request(target).buildGet());
    }

    /** Jersey takes braces and percent signs in values for its own. */
    private static String encoded(Object value) {
        return URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Said once: only what may be repeated by its nature should be tried again by the caller. */
    public JsonValue post(String path, JsonValue body) throws IOException {
        return calls.once(request(calls.api().path(path)).buildPost(entity(body)), PeoplesCentral::body);
    }

    /** Sends many lines, whose number need not be known: they are written as they come. Said once. */
    public JsonValue postLines(String path, Lines lines) throws IOException {
        StreamingOutput body = out -> lines.writeTo(out);
        Invocation call = request(calls.api().path(path)).buildPost(Entity.entity(body, "application/x-ndjson"));
        call.property(ClientProperties.REQUEST_ENTITY_PROCESSING, RequestEntityProcessing.CHUNKED);
        return calls.once(call, PeoplesCentral::body);
    }

    /** What writes lines. */
    public interface Lines {
        void writeTo(OutputStream out) throws IOException;
    }

    public JsonValue put(String path, JsonValue body) throws IOException {
        return ask(request(calls.api().path(path)).buildPut(entity(body)));
    }

    public JsonValue delete(String path) throws IOException {
        return ask(request(calls.api().path(path)).buildDelete());
    }

    /**
     * Asks for octets of any number, which come as fast as they are read. No time limit: central may have to open a
     * source first.
     *
     * @return to be closed by the caller; when central breaks off, reading fails or ends early, so the end proves
     *     nothing
     */
    public InputStream stream(String path) throws IOException {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls)
                .connectTimeout(Duration.ofSeconds(5))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        HttpRequest request = HttpRequest.newBuilder(Api.of(people, path))
                .header(HttpHeaders.AUTHORIZATION, proof)
                .header(HttpHeaders.ACCEPT, "application/octet-stream, text/csv, application/problem+json")
                .GET()
                .build();
        try {
            HttpResponse<InputStream> answer = Exchange.send(client, request, BodyHandlers.ofInputStream());
            if (answer.statusCode() >= FIRST_REFUSAL) {
                throw refusal(answer);
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while talking to central");
        }
    }

    private IOException refusal(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream body = answer.body();
                JsonReader reader = Json.createReader(
                        new StringReader(ClosedJson.text(ClosedAnswers.atMost(LARGEST_PROBLEM, body))))) {
            JsonObject problem = reader.readObject();
            throw new ProblemException(new Problem(
                    problem.getString("kind"),
                    answer.statusCode(),
                    problem.getString("detail", ""),
                    problem.getString("advice", ""),
                    problem.getString("field", null),
                    null));
        } catch (MalformedException | TooLongException | JsonException | NullPointerException | ClassCastException e) {
            return Trouble.away(people, answer.statusCode());
        }
    }

    @Override
    public void close() {
        calls.close();
    }

    private JsonValue ask(Invocation call) throws IOException {
        return calls.repeatedly(call, PeoplesCentral::body);
    }

    private static Invocation.Builder request(WebTarget target) {
        return target.request(MediaType.APPLICATION_JSON_TYPE, new MediaType("application", "problem+json"));
    }

    private static Entity<String> entity(JsonValue body) {
        return Entity.entity(body.toString(), MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8"));
    }

    /** Null when central had nothing to say. */
    private static JsonValue body(Response answer) {
        String text = answer.readEntity(String.class);
        if (text == null || text.isBlank()) {
            return JsonValue.NULL;
        }
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readValue();
        }
    }
}
