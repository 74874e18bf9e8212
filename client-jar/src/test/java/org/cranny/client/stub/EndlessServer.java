package org.cranny.client.stub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.cranny.protocol.tls.MachineIdentity;

/** A machine over real TLS whose answers never end: blanks, which JSON may begin with. */
public final class EndlessServer implements AutoCloseable {
    private final HttpsServer server;
    private final int status;
    private final String type;
    private final boolean packed;
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch hungUp = new CountDownLatch(1);

    private EndlessServer(MachineIdentity identity, int status, String type, boolean packed) throws Exception {
        this.status = status;
        this.type = type;
        this.packed = packed;
        server = TlsServers.listen(identity, true, this::handle);
    }

    public static EndlessServer start(MachineIdentity identity, int status, String type) throws Exception {
        return new EndlessServer(identity, status, type, false);
    }

    /** One whose few octets become many. */
    public static EndlessServer startPacked(MachineIdentity identity, int status, String type) throws Exception {
        return new EndlessServer(identity, status, type, true);
    }

    public URI url() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    public int asked() {
        return asked.get();
    }

    /** Waits until a caller takes no more. */
    public boolean isHungUpOn() throws InterruptedException {
        return hungUp.await(60, TimeUnit.SECONDS);
    }

    private void handle(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", type);
        if (packed) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        exchange.sendResponseHeaders(status, 0);
        byte[] blanks = new byte[16 << 10];
        Arrays.fill(blanks, (byte) ' ');
        try (OutputStream plain = exchange.getResponseBody();
                OutputStream out = packed ? new GZIPOutputStream(plain) : plain) {
            while (true) {
                out.write(blanks);
            }
        } finally {
            hungUp.countDown();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
