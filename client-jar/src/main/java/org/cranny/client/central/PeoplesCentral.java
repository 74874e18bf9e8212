package org.cranny.client.central;

import jakarta.json.Json;
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
import java.io.OutputStream;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.cranny.protocol.problem.ProblemException;
import org.glassfish.jersey.client.ClientProperties;
import org.glassfish.jersey.client.RequestEntityProcessing;

/**
 * Central as a person reaches it: the people's listener, a name and a password. Bodies are JSON values, because what
 * people are shown is what central says. A refusal is a {@link ProblemException}; silence a
 * {@link org.cranny.engine.backup.CatalogueAwayException}. Thread-safe.
 */
public final class PeoplesCentral implements AutoCloseable {
    private final ControlCalls calls;

    /** @param tls believes nobody but the central that is meant */
    public PeoplesCentral(URI people, SSLContext tls, String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        String basic = "Basic " + Base64.getEncoder().encodeToString(pair);
        calls = new ControlCalls(
                people, tls, Pause.real(), request -> request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, basic));
    }

    /** @param path below the API, without a slash before it */
    public JsonValue get(String path) throws IOException {
        return get(path, Map.of());
    }

    public JsonValue get(String path, Map<String, ?> query) throws IOException {
        WebTarget target = calls.api().path(path);
        for (Map.Entry<String, ?> parameter : query.entrySet()) {
            target = target.queryParam(parameter.getKey(), parameter.getValue());
        }
        return ask(request(target).buildGet());
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
