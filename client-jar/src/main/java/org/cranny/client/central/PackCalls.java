package org.cranny.client.central;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.cranny.engine.backup.CatalogueAwayException;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.http.BoundedBody;
import org.cranny.protocol.http.Exchange;
import org.cranny.protocol.json.ClosedJson;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;

/** Bulk transfer from and to central, over HTTP/1.1: tree and index packs, programs. */
final class PackCalls {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration WHOLE = Duration.ofMinutes(5);
    private static final Duration LONG = Duration.ofMinutes(30);
    private static final int LARGEST_PROBLEM = 1 << 20;
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int FIRST_REFUSAL = 400;

    private final URI central;
    private final HttpClient client;

    PackCalls(URI central, SSLContext tls) {
        this.central = central;
        this.client = client(tls);
    }

    static HttpClient client(SSLContext tls) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    void put(FragmentId pack, Path octets) throws IOException {
        HttpRequest request = request(pack)
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofFile(octets))
                .build();
        exchange(request, 0);
    }

    byte[] read(FragmentId pack, long offset, int length) throws IOException {
        String range = "bytes=" + offset + "-" + (offset + length - 1);
        HttpResponse<byte[]> answer =
                exchange(request(pack).header("Range", range).GET().build(), length);
        byte[] octets = answer.body();
        if (answer.statusCode() == OK && offset == 0 && octets.length == length) {
            return octets;
        }
        if (answer.statusCode() != PARTIAL || octets.length != length) {
            throw new IOException("Central sent " + octets.length + " octets of pack " + pack + " instead of " + length
                    + ". Its version may not fit this one.");
        }
        return octets;
    }

    /** @return to be closed by the caller */
    InputStream open(String resource, long offset) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(Api.of(central, resource))
                .timeout(LONG)
                .header("Range", "bytes=" + offset + "-")
                .build();
        HttpResponse<InputStream> answer;
        try {
            answer = Exchange.send(client, request, BoundedBody.stream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while talking to central");
        } catch (IOException e) {
            Trouble.refuseHopeless(central, e);
            throw Trouble.away(central, e);
        }
        boolean right = answer.statusCode() == PARTIAL || answer.statusCode() == OK && offset == 0;
        if (!right) {
            answer.body().close();
            throw Trouble.away(central, answer.statusCode());
        }
        return answer.body();
    }

    private HttpRequest.Builder request(FragmentId pack) {
        return HttpRequest.newBuilder(Api.of(central, "packs/" + pack)).timeout(WHOLE);
    }

    /** @param most octets of a right answer */
    private HttpResponse<byte[]> exchange(HttpRequest request, int most) throws IOException {
        HttpResponse<byte[]> answer;
        try {
            answer = Exchange.send(client, request, BoundedBody.octets(Math.max(most, LARGEST_PROBLEM)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while talking to central");
        } catch (IOException e) {
            Trouble.refuseHopeless(central, e);
            throw Trouble.away(central, e);
        }
        if (answer.statusCode() >= FIRST_REFUSAL) {
            throw refusal(answer);
        }
        return answer;
    }

    private IOException refusal(HttpResponse<byte[]> answer) {
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (!type.startsWith(Problem.MEDIA_TYPE)) {
            return Trouble.away(central, answer.statusCode());
        }
        try (Jsonb json = JsonbBuilder.create()) {
            Problem problem = json.fromJson(ClosedJson.text(answer.body()), Problem.class);
            if (problem == null || problem.detail() == null) {
                return Trouble.away(central, answer.statusCode());
            }
            Trouble.refuseForNow(central, problem);
            throw new ProblemException(problem);
        } catch (ProblemException problem) {
            throw problem;
        } catch (CatalogueAwayException forNow) {
            return forNow;
        } catch (JsonbException e) {
            return Trouble.away(central, answer.statusCode());
        } catch (Exception e) {
            return Trouble.away(central, e);
        }
    }
}
