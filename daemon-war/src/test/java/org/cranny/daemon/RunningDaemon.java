package org.cranny.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.cranny.daemon.identity.TestRealm;
import org.cranny.daemon.identity.TestRealm.Member;
import org.cranny.protocol.fragment.FragmentId;

/** A daemon as a machine runs it: {@code bin/cranny-daemon run} in a process of its own, spoken to over TLS. */
final class RunningDaemon implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Path SCRIPT =
            Path.of("../bin/cranny-daemon").toAbsolutePath().normalize();

    private final Path home;
    private final String address;
    private Process process;

    /** @param address under which the home's settings say that it is reached */
    RunningDaemon(Path home, String address) {
        this.home = home;
        this.address = address;
    }

    static String freeAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "https://127.0.0.1:" + socket.getLocalPort();
        }
    }

    /** Starts it and waits until it answers this member. */
    RunningDaemon start(HttpClient client) throws IOException, InterruptedException {
        process = new ProcessBuilder(SCRIPT.toString(), "run", "--home", home.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        Instant end = Instant.now().plus(PATIENCE);
        while (!answers(client)) {
            if (process.waitFor(200, TimeUnit.MILLISECONDS) || Instant.now().isAfter(end)) {
                throw new IOException("the daemon did not start: " + Files.readString(log()));
            }
        }
        return this;
    }

    private boolean answers(HttpClient client) throws InterruptedException {
        try {
            return send(client, request("/v1/status").GET()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** What it shows to a peer now. @param tls of a peer that was never there before */
    Certificate certificate(SSLContext tls) throws IOException {
        URI target = URI.create(address);
        try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(target.getHost(), target.getPort())) {
            socket.startHandshake();
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    Path log() {
        return home.resolveSibling(home.getFileName() + ".log");
    }

    long pid() {
        return process.pid();
    }

    static HttpClient client(TestRealm realm, Member self, Member host) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(realm.tls(self, number -> number == host.id().number()))
                .build();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + "/cranny" + path)).timeout(Duration.ofMinutes(1));
    }

    HttpRequest.Builder put(FragmentId id, byte[] octets, String allotment) {
        HttpRequest.Builder request =
                request("/v1/fragments/" + id).PUT(HttpRequest.BodyPublishers.ofByteArray(octets));
        return allotment == null ? request : request.header("Cranny-Allotment", allotment);
    }

    HttpRequest.Builder get(FragmentId id) {
        return request("/v1/fragments/" + id).GET();
    }

    static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static HttpResponse<byte[]> fetch(HttpClient client, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** As when the power fails, but that the kernel lives on. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (InputStream rest = process.getInputStream()) {
            rest.skipNBytes(0);
        }
    }
}
