package org.cranny.client.status;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.cranny.protocol.http.BoundedBody;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.tls.MachineIdentity;
import org.cranny.protocol.tls.MutualTls;

/** Asks hosts, all at once, how they are ({@code GET /v1/status}); each must prove that it is that very system. */
public final class HostReports {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final int LARGEST = 64 << 10;

    private final MachineIdentity identity;

    public HostReports(MachineIdentity identity) {
        this.identity = identity;
    }

    /** One report for each host, in the same order; a silent host gets one that says so. */
    public List<HostReport> ask(List<Host> hosts) {
        List<CompletableFuture<HostReport>> asked =
                hosts.stream().map(this::ask).toList();
        return asked.stream().map(CompletableFuture::join).toList();
    }

    private CompletableFuture<HostReport> ask(Host host) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(host.address() + "/cranny/v1/status"))
                    .version(HttpClient.Version.HTTP_1_1)
                    .timeout(PATIENCE)
                    .build();
            return client(host)
                    .sendAsync(request, BoundedBody.text(LARGEST))
                    .handle((answer, failure) -> failure == null ? read(host, answer) : silent(host, failure));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(new HostReport(host, null, "it has no usable address"));
        }
    }

    private HttpClient client(Host host) {
        SystemId peer = host.system(identity.system().realm());
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(MutualTls.toHost(identity, peer, host.authority()))
                .build();
    }

    private static HostReport read(Host host, HttpResponse<String> answer) {
        if (answer.statusCode() != OK) {
            return new HostReport(host, null, "it answers with status " + answer.statusCode());
        }
        try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
            return new HostReport(host, reader.readObject(), null);
        } catch (RuntimeException e) {
            return new HostReport(host, null, "its answer is no JSON");
        }
    }

    private static HostReport silent(Host host, Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new HostReport(host, null, reason);
    }
}
