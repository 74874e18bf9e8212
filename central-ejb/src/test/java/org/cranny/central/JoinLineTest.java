package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.cranny.central.installation.JoinLine;
import org.cranny.central.installation.JoinLines;
import org.cranny.protocol.problem.ProblemKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One line to paste: whom it talks to, what it brings, and who gets what it fetches. */
class JoinLineTest {
    private static final String CENTRAL = "https://central.example.org:8081/cranny";

    @TempDir
    Path folder;

    private Bench bench() throws Exception {
        Path packages = Files.createDirectories(folder.resolve("packages"));
        return new Bench(Databases.H2, folder, Map.of("cranny.packages", packages.toString()));
    }

    private void archive(String name) throws Exception {
        Files.writeString(folder.resolve("packages").resolve(name), "an archive");
    }

    private static JoinLines lines(Bench bench) {
        return new JoinLines(bench.central.enrollments, bench.central.authority, bench.central.settings);
    }

    private static String token(JoinLine line) {
        return line.line().substring(line.line().indexOf("t=") + 2, line.line().indexOf(';'));
    }

    @Test
    void pinsTheKeyOfCentralsListenerAndBringsATokenForTheRolesAlone() throws Exception {
        try (Bench bench = bench()) {
            archive("cranny-daemon-1.2-linux-amd64.tar.gz");
            JoinLine line = lines(bench).make("ann", List.of("daemon"), CENTRAL);
            byte[] key = bench.central
                    .authority
                    .identity()
                    .certificate()
                    .getPublicKey()
                    .getEncoded();
            String pin = Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
            assertTrue(line.line().contains("--pinnedpubkey 'sha256//" + pin + "'"), line::line);
            assertTrue(line.line().contains("'" + CENTRAL + "/api/v1/join?roles=daemon'"), line::line);
            assertFalse(line.line().substring(line.line().indexOf(';')).contains(token(line)), "it is in an argument");

            TestMachine source = new TestMachine("ws");
            Bench.refused(
                    ProblemKind.BAD_REQUEST,
                    () -> bench.central.enrollments.enroll(source.enrollment(token(line), "source")));
            TestMachine host = new TestMachine("nas");
            host.joined(bench.central, host.enrollment(token(line), "host"));
            TestMachine second = new TestMachine("nas-2");
            Bench.refused(
                    ProblemKind.EXPIRED_TOKEN,
                    () -> bench.central.enrollments.enroll(second.enrollment(token(line), "host")));
        }
    }

    @Test
    void givesAnArchiveToWhoeverCouldJoinNow() throws Exception {
        try (Bench bench = bench()) {
            archive("cranny-1.2-linux-amd64.tar.gz");
            JoinLines lines = lines(bench);
            String token = token(lines.make("ann", List.of("source"), CENTRAL));
            assertEquals("an archive", Files.readString(lines.archive(token, "source", "amd64")));
            Bench.refused(ProblemKind.NOT_FOUND, () -> lines.archive(token, "source", "arm64"));
            Bench.refused(ProblemKind.NOT_FOUND, () -> lines.archive(token, "source", "../../amd64"));
            Bench.refused(ProblemKind.UNKNOWN_TOKEN, () -> lines.archive(null, "source", "amd64"));
            Bench.refused(ProblemKind.UNKNOWN_TOKEN, () -> lines.archive("guess", "source", "amd64"));
            bench.clock.advance(java.time.Duration.ofSeconds(3_601));
            Bench.refused(ProblemKind.EXPIRED_TOKEN, () -> lines.archive(token, "source", "amd64"));
        }
    }

    @Test
    void theScriptIsOneThatShellsTakeAndHasNoSecret() throws Exception {
        try (Bench bench = bench()) {
            archive("cranny-1.2-linux-amd64.tar.gz");
            archive("cranny-daemon-1.2-linux-arm64.tar.gz");
            JoinLines lines = lines(bench);
            String token = token(lines.make("ann", List.of("daemon", "source"), CENTRAL));
            String script = lines.script(List.of("daemon", "source"), CENTRAL, "fe80::1");
            assertFalse(script.contains(token));
            assertTrue(script.contains("address='[fe80::1]'"));
            assertTrue(script.endsWith("\nmain\n"), "a script that was cut off does nothing");
            Process shell =
                    new ProcessBuilder("sh", "-n").redirectErrorStream(true).start();
            shell.getOutputStream().write(script.getBytes(StandardCharsets.UTF_8));
            shell.getOutputStream().close();
            assertEquals("", new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            assertEquals(0, shell.waitFor());

            Process without = new ProcessBuilder("sh").redirectErrorStream(true).start();
            without.getOutputStream().write(script.getBytes(StandardCharsets.UTF_8));
            without.getOutputStream().close();
            assertTrue(new String(without.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .contains("paste the whole line"));
            assertEquals(1, without.waitFor());
        }
    }

    @Test
    void refusesWhatCannotBeMeant() throws Exception {
        try (Bench bench = bench()) {
            JoinLines lines = lines(bench);
            Bench.refused(ProblemKind.NO_PACKAGES, () -> lines.make("ann", List.of("daemon"), CENTRAL));
            archive("cranny-daemon-1.2-linux-amd64.tar.gz");
            Bench.refused(ProblemKind.BAD_REQUEST, () -> lines.make("ann", List.of("king"), CENTRAL));
            Bench.refused(ProblemKind.BAD_REQUEST, () -> lines.make("ann", List.of(), CENTRAL));
            Bench.refused(ProblemKind.BAD_REQUEST, () -> lines.make("ann", List.of("daemon"), "http://central"));
            archive("cranny-daemon-1.3-linux-arm64.tar.gz");
            Bench.refused(ProblemKind.NO_PACKAGES, () -> lines.make("ann", List.of("daemon"), CENTRAL));
        }
    }
}
