package org.cranny.daemon.identity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import javax.net.ssl.SSLParameters;
import org.cranny.daemon.identity.TestRealm.Member;

/** A central of few words: it notes what is posted and answers what the test says. */
public final class StubCentral implements AutoCloseable {
    private final HttpsServer server;
    private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    private final boolean certificates;
    private volatile Certificate shown;

    /** What is answered. */
    public record Answer(int status, String json) {}

    /** @param certificates whether callers must show one, as on the machines' listener */
    public StubCentral(
            TestRealm realm, Member self, boolean certificates, String path, Function<String, Answer> answers) {
        this.certificates = certificates;
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(realm.tls(self, number -> true)) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters tls = getSSLContext().getDefaultSSLParameters();
                tls.setNeedClientAuth(certificates);
                parameters.setSSLParameters(tls);
            }
        });
        server.createContext(path, exchange -> answer(exchange, answers));
        server.start();
    }

    public String address() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What was posted and not asked for yet. */
    public List<String> posted() {
        return List.copyOf(bodies);
    }

    /** The certificate of the last caller, where one is needed. */
    public Certificate shown() {
        return shown;
    }

    public String nextPost() throws InterruptedException {
        return bodies.take();
    }

    private void answer(HttpExchange exchange, Function<String, Answer> answers) throws IOException {
        try (exchange) {
            if (certificates) {
                shown = ((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0];
            }
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Answer answer = answers.apply(body);
            byte[] octets = answer.json().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), octets.length);
            exchange.getResponseBody().write(octets);
            bodies.add(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
