package org.cranny.engine.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against OpenSSH's own sshd, on loopback and as whoever runs the tests, with a host key of each kind. */
class SshMachineTest {
    private static final List<String> KINDS = List.of("ed25519", "ecdsa", "rsa");
    private static final SshMachine.Feed NOTHING = in -> {};

    @TempDir
    static Path folder;

    private static Process sshd;
    private static SshAddress address;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/sbin/sshd")), "no sshd");
        List<String> command = new ArrayList<>(List.of("/usr/sbin/sshd", "-D", "-e", "-f", "/dev/null"));
        for (String kind : KINDS) {
            keygen("-q", "-t", kind, "-N", "", "-f", folder.resolve(kind).toString());
            command.addAll(List.of("-o", "HostKey=" + folder.resolve(kind)));
        }
        keygen("-q", "-t", "rsa", "-N", "", "-f", folder.resolve("client").toString());
        Files.copy(folder.resolve("client.pub"), folder.resolve("authorized"));
        if (System.getProperty("user.name").equals("root")) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = new SshAddress(System.getProperty("user.name"), "127.0.0.1", free.getLocalPort());
        }
        for (String option : List.of(
                "ListenAddress=127.0.0.1:" + address.port(),
                "AuthorizedKeysFile=" + folder.resolve("authorized"),
                "PidFile=none",
                "StrictModes=no",
                "UsePAM=no")) {
            command.addAll(List.of("-o", option));
        }
        sshd = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        awaitAnswer();
    }

    @AfterAll
    static void end() throws InterruptedException {
        if (sshd != null) {
            sshd.destroy();
            sshd.waitFor(10, TimeUnit.SECONDS);
        }
    }

    /** Whatever kind is known, the others are shown first by some servers. */
    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
    void oneKnownKeyOfAnyKindIsEnough(String kind) throws IOException {
        assertEquals("hello\n", said(HostKey.of(address, fingerprint(kind), null)));
        assertEquals("hello\n", said(HostKey.of(address, null, line(kind))));
    }

    @Test
    void hashedNamesAreKnownToo() throws IOException {
        Path known = Files.writeString(folder.resolve("hashed"), line("ed25519") + "\n");
        keygen("-q", "-H", "-f", known.toString());
        assertTrue(Files.readString(known).startsWith("|1|"));
        assertEquals("hello\n", said(HostKey.of(address, null, Files.readString(known))));
    }

    @Test
    void anUnknownKeyIsRefusedWithEveryFingerprint() throws IOException {
        String other = line("ed25519").replace("[127.0.0.1]", "[127.0.0.2]");
        HostKeyException refused =
                assertThrows(HostKeyException.class, () -> said(HostKey.of(address, null, other + "\n# nothing\n")));
        for (String kind : KINDS) {
            assertTrue(
                    refused.shown().stream().anyMatch(shown -> shown.endsWith(fingerprint(kind))),
                    () -> kind + " is not in " + refused.shown());
        }
    }

    @Test
    void aRevokedKeyIsNotKnown() {
        String lines = line("rsa") + "\n@revoked " + line("rsa");
        assertThrows(HostKeyException.class, () -> said(HostKey.of(address, null, lines)));
    }

    @Test
    void namesTheLineThatCannotBeRead() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> HostKey.of(address, null, line("rsa") + "\n\nnonsense"))
                .getMessage();
        assertTrue(message.startsWith("line 3 "), message);
    }

    @Test
    void aCommandThatFailsOrDoesNotEndSaysSo() throws IOException {
        try (SshMachine machine = connect(HostKey.of(address, fingerprint("rsa"), null))) {
            CommandFailedException failed = assertThrows(
                    CommandFailedException.class,
                    () -> machine.run("echo no room >&2; exit 3", NOTHING, Duration.ofSeconds(20)));
            assertEquals("no room", failed.complaint());
            IOException late = assertThrows(
                    IOException.class, () -> machine.run("exec sleep 60", NOTHING, Duration.ofMillis(300)));
            assertTrue(late.getMessage().contains("did not end"), late.getMessage());
        }
    }

    @Test
    void whatFailsHereIsToldAndNotWhatThatDidThere() throws IOException {
        try (SshMachine machine = connect(HostKey.of(address, fingerprint("rsa"), null))) {
            IOException here = assertThrows(
                    IOException.class,
                    () -> machine.run(
                            "cat >/dev/null; echo cut off >&2; exit 2",
                            in -> {
                                in.write(1);
                                throw new IOException("no host is there");
                            },
                            Duration.ofSeconds(20)));
            assertEquals("no host is there", here.getMessage());
            CommandFailedException there = assertThrows(
                    CommandFailedException.class,
                    () -> machine.run(
                            "echo no room >&2; exit 3",
                            in -> {
                                while (true) {
                                    in.write(new byte[65_536]);
                                }
                            },
                            Duration.ofSeconds(20)));
            assertEquals("no room", there.complaint());
        }
    }

    // ---- parts

    private static SshMachine connect(HostKey key) throws IOException {
        return SshMachine.connect(address, key, new Login(Files.readString(folder.resolve("client")), null));
    }

    private static String said(HostKey key) throws IOException {
        try (SshMachine machine = connect(key)) {
            return machine.run(
                    "cat", in -> in.write("hello\n".getBytes(StandardCharsets.US_ASCII)), Duration.ofSeconds(20));
        }
    }

    private static String line(String kind) {
        try {
            return "[127.0.0.1]:" + address.port() + " "
                    + Files.readString(folder.resolve(kind + ".pub")).strip();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String fingerprint(String kind) {
        return keygen("-l", "-f", folder.resolve(kind + ".pub").toString()).split(" ")[1];
    }

    private static String keygen(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ssh-keygen"));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), said);
            return said;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitAnswer() throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            try (Socket socket = new Socket(address.host(), address.port())) {
                return;
            } catch (IOException notYet) {
                assertTrue(System.nanoTime() < until && sshd.isAlive(), Files.readString(folder.resolve("log")));
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }
}
