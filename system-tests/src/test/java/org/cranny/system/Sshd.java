package org.cranny.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cranny.cluster.Await;
import org.cranny.cluster.Command;

/** A real sshd of its own on loopback, with its own host key, that lets one key in. Ended with the test. */
final class Sshd implements AutoCloseable {
    private final Path folder;
    private final int port;
    private final Process process;

    private Sshd(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    static Sshd start(Path folder) {
        try {
            Files.createDirectories(Path.of("/run/sshd"));
            key(folder.resolve("host"));
            key(folder.resolve("client"));
            Files.copy(folder.resolve("client.pub"), folder.resolve("authorized"));
            int port = freePort();
            Path config = Files.writeString(
                    folder.resolve("config"),
                    String.join(
                                    "\n",
                                    "ListenAddress 127.0.0.1",
                                    "Port " + port,
                                    "HostKey " + folder.resolve("host"),
                                    "AuthorizedKeysFile " + folder.resolve("authorized"),
                                    "PidFile none",
                                    "StrictModes no",
                                    "UsePAM no",
                                    "PasswordAuthentication no",
                                    "PermitRootLogin prohibit-password")
                            + "\n");
            Process process = new ProcessBuilder("/usr/sbin/sshd", "-D", "-e", "-f", config.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            Sshd sshd = new Sshd(folder, port, process);
            Await.until("sshd answers", Duration.ofSeconds(30), sshd::answers);
            return sshd;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code USER@HOST:PORT} */
    String address() {
        return System.getProperty("user.name") + "@127.0.0.1:" + port;
    }

    Path clientKey() {
        return folder.resolve("client");
    }

    /** Of the host key, as ssh-keygen shows it. */
    String fingerprint() {
        return Command.run(folder, List.of("ssh-keygen", "-l", "-f", "host.pub"), Map.of())
                .output()
                .split(" ")[1];
    }

    /** A file of known hosts with this one in it. */
    Path knownHosts() throws IOException {
        String key = Files.readString(folder.resolve("host.pub"), StandardCharsets.US_ASCII);
        return Files.writeString(folder.resolve("known"), "[127.0.0.1]:" + port + " " + key);
    }

    private static void key(Path file) {
        Claims.done(Command.run(
                file.getParent(),
                List.of("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", file.toString()),
                Map.of()));
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
