package org.cranny.client.central;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.GenericType;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.cranny.engine.backup.CatalogueAwayException;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.client.ClientProperties;
import org.glassfish.jersey.jsonb.JsonBindingFeature;

/**
 * Small JSON exchanges with central, by Jersey. What may be repeated is tried again after a broken connection or a
 * server error without a problem document; a refusal is a {@link ProblemException}, silence, or a central whose own disk
 * is full, a {@link CatalogueAwayException}. Host names are not checked, because the TLS context checks who answers.
 */
final class ControlCalls implements AutoCloseable {
    private static final int CONNECT_SECONDS = 5;
    private static final int READ_SECONDS = 30;
    private static final long[] BACK_OFF_MILLIS = {200, 800};
    private static final int FIRST_SERVER_ERROR = 500;

    private static final Logger JERSEY = Logger.getLogger("org.glassfish.jersey");

    static {
        System.setProperty("https.protocols", "TLSv1.3");
        // Java's connections send a request again of themselves when its answer does not come, whatever it asks for.
        System.setProperty("sun.net.http.retryPost", "false");
        JERSEY.setLevel(Level.OFF);
    }

    private final URI central;
    private final Client client;
    private final WebTarget api;
    private final Pause pause;

    ControlCalls(URI central, SSLContext tls, Pause pause) {
        this(central, tls, pause, request -> {});
    }

    /** @param credentials puts into each request what proves who asks */
    ControlCalls(URI central, SSLContext tls, Pause pause, ClientRequestFilter credentials) {
        this.central = central;
        this.pause = pause;
        this.client = ClientBuilder.newBuilder()
                .sslContext(tls)
                .hostnameVerifier((host, session) -> true)
                .connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                .readTimeout(READ_SECONDS, TimeUnit.SECONDS)
                .property(ClientProperties.FOLLOW_REDIRECTS, false)
                .property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true)
                .register(JsonBindingFeature.class)
                .register(new ClosedAnswers())
                .register(credentials, ClientRequestFilter.class)
                .build();
        this.api = client.target(Api.of(central));
    }

    WebTarget api() {
        return api;
    }

    Invocation.Builder json(String path) {
        return json(api.path(path));
    }

    <T> T get(WebTarget target, Class<T> type) throws IOException {
        return repeatedly(json(target).buildGet(), answer -> answer.readEntity(type));
    }

    <T> T get(WebTarget target, GenericType<T> type) throws IOException {
        return repeatedly(json(target).buildGet(), answer -> answer.readEntity(type));
    }

    <T> T post(String path, Object body, Class<T> type) throws IOException {
        return repeatedly(json(api.path(path)).buildPost(Entity.json(body)), answer -> answer.readEntity(type));
    }

    <T> T put(String path, Object body, Class<T> type) throws IOException {
        return repeatedly(json(api.path(path)).buildPut(Entity.json(body)), answer -> answer.readEntity(type));
    }

    void put(String path, Object body) throws IOException {
        repeatedly(json(api.path(path)).buildPut(Entity.json(body)), Response::getStatus);
    }

    void delete(String path) throws IOException {
        repeatedly(json(api.path(path)).buildDelete(), Response::getStatus);
    }

    <T> T repeatedly(Invocation call, Function<Response, T> reader) throws IOException {
        for (long wait : BACK_OFF_MILLIS) {
            try {
                return once(call, reader);
            } catch (CatalogueAwayException e) {
                boolean lasts = Trouble.find(ConnectException.class, e) != null
                        || Trouble.find(SocketTimeoutException.class, e) != null
                        || Trouble.find(ProblemException.class, e) != null;
                if (lasts) {
                    throw e;
                }
                pause.millis(wait);
            }
        }
        return once(call, reader);
    }

    <T> T once(Invocation call, Function<Response, T> reader) throws IOException {
        try (Response answer = call.invoke()) {
            refuseProblem(answer);
            T read = reader.apply(answer);
            if (read == null) {
                throw unfit("sent an empty answer");
            }
            return read;
        } catch (ProcessingException e) {
            Trouble.refuseHopeless(central, e);
            throw Trouble.away(central, e);
        }
    }

    private void refuseProblem(Response answer) throws IOException {
        int status = answer.getStatus();
        if (status < Response.Status.BAD_REQUEST.getStatusCode()) {
            return;
        }
        MediaType type = answer.getMediaType();
        if (type != null && Problem.MEDIA_TYPE.equals(type.getType() + "/" + type.getSubtype())) {
            Problem problem = answer.readEntity(Problem.class);
            if (problem != null && problem.detail() != null) {
                Trouble.refuseForNow(central, problem);
                throw new ProblemException(problem);
            }
        }
        boolean notYetThere = status >= FIRST_SERVER_ERROR || status == Response.Status.NOT_FOUND.getStatusCode();
        if (notYetThere) {
            throw Trouble.away(central, status);
        }
        throw unfit("answers with status " + status + " and no reason");
    }

    private IOException unfit(String what) {
        return new IOException("Central at " + central + " " + what + ". Check that its version fits this one.");
    }

    private static Invocation.Builder json(WebTarget target) {
        return target.request(MediaType.APPLICATION_JSON_TYPE, new MediaType("application", "problem+json"));
    }

    @Override
    public void close() {
        client.close();
    }
}
