package org.cranny.client.stub;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;
import org.cranny.protocol.tls.MachineIdentity;
import org.cranny.protocol.tls.MutualTls;

/** A machine over real TLS that answers every request with the same octets, whatever they are, and hangs up. */
public final class GarbledServer implements AutoCloseable {
    private final SSLServerSocket listener;
    private final byte[] answer;
    private final AtomicInteger asked = new AtomicInteger();

    /** @param answer from its status line on, in ISO 8859-1 */
    public GarbledServer(MachineIdentity identity, String answer) throws Exception {
        this.answer = answer.getBytes(StandardCharsets.ISO_8859_1);
        listener = (SSLServerSocket) MutualTls.context(identity, system -> true)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listener.setNeedClientAuth(true);
        start(this::listen);
    }

    public URI url() {
        return URI.create("https://127.0.0.1:" + listener.getLocalPort());
    }

    /** How many requests came. */
    public int asked() {
        return asked.get();
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket caller = listener.accept();
                start(() -> answer(caller));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void answer(Socket caller) {
        try (caller) {
            BufferedReader request =
                    new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.ISO_8859_1));
            for (String line = request.readLine(); line != null && !line.isEmpty(); line = request.readLine()) {
                continue;
            }
            asked.incrementAndGet();
            caller.getOutputStream().write(answer);
        } catch (IOException gone) {
            return;
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "garbled");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
