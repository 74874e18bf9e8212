package org.cranny.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cranny.client.home.Home;
import org.cranny.client.home.HomeLock;
import org.cranny.client.stub.StubCentral;
import org.cranny.client.stub.StubCentral.Answer;
import org.cranny.client.stub.TestRealm;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exit codes and last words; each code once through the real {@code main}, in a process of its own. */
class MainTest {
    @TempDir
    Path folder;

    private final TestRealm realm = new TestRealm();
    private StubCentral stub;
    private Path home;
    private Path tree;

    @BeforeEach
    void start() throws Exception {
        stub = StubCentral.start(realm);
        home = folder.resolve("home");
        tree = Files.createDirectory(folder.resolve("tree"));
        Files.writeString(tree.resolve("file"), "content");
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void refusesWrongUse() throws Exception {
        process().refuses(2, "--help");
        run("snapshots", "--colour").refuses(2, "--colour", "--help");
        run("backup").refuses(2, "path");
        run("restore", "latest").refuses(2, "--target");
        run("enroll", "http://central", "--token", "t", "--ca-fingerprint", "ab")
                .refuses(2, "https");
        run("enroll", "https://central", "--token", "t", "--ca-fingerprint", "ab")
                .refuses(2, "64 hexadecimal");
    }

    @Test
    void saysHowToEnrollFirst() throws Exception {
        process("backup", tree.toString()).refuses(1, "cranny enroll");
        run("snapshots").refuses(1, "cranny enroll");
        assertFalse(Files.exists(home));
    }

    @Test
    void refusesAnotherAuthorityAndKeepsTheTokenToItself() {
        enroll(StubCentral.TOKEN, "00".repeat(32)).refuses(1, "fingerprint");
        assertEquals(List.of(), stub.seen());
        assertFalse(Home.at(home).enrolled());
    }

    @Test
    void refusesUnknownAndExpiredTokens() {
        enroll("guessed", realm.fingerprint()).refuses(1, "token", "administrator");
        enroll(StubCentral.OLD_TOKEN, realm.fingerprint()).refuses(1, "yesterday", "administrator");
        assertFalse(Home.at(home).enrolled());
    }

    @Test
    void readsTheTokenFromAFileAndTakesOneAlone() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), StubCentral.TOKEN + "\n");
        enroll("t", realm.fingerprint(), "--token-file", token.toString()).refuses(2, "--token", "--token-file");
        Path empty = Files.writeString(folder.resolve("empty"), "");
        String url = stub.peopleUrl().toString();
        run("enroll", url, "--token-file", empty.toString(), "--ca-fingerprint", realm.fingerprint())
                .refuses(2, "is empty");
        run("enroll", url, "--token-file", token.toString(), "--ca-fingerprint", realm.fingerprint())
                .done();
    }

    @Test
    void enrollsOnceAndAnswersFromItsHome() throws Exception {
        JsonObject enrolled = run(
                        "enroll",
                        stub.peopleUrl().toString(),
                        "--token",
                        StubCentral.TOKEN,
                        "--ca-fingerprint",
                        realm.fingerprint(),
                        "--json")
                .done()
                .json();
        assertEquals("enrolled", enrolled.getString("type"));
        assertEquals(7, enrolled.getInt("system"));
        enroll(StubCentral.TOKEN, realm.fingerprint()).refuses(1, "enrolled already", "--home");
        stub.close();
        JsonObject masterFile = process("master-file", "--json").done().json();
        assertEquals(1, masterFile.getInt("version"));
        assertEquals(2, masterFile.getJsonArray("hosts").size());
        JsonObject status = run("status", "--hosts", "--json").done().json();
        assertTrue(status.getString("centralTrouble").contains("cannot be reached"), status::toString);
        assertFalse(status.getJsonArray("hosts").getJsonObject(0).getBoolean("reached"));
        assertTrue(run("snapshots").done().out().contains("no snapshot yet"));
        run("ls", "0123").refuses(1, "no snapshot", "central cannot be asked");
    }

    @Test
    void refusesToBackUpToOneHost() throws Exception {
        stub.masterFile(realm.masterFile(1, 2).text());
        enrolled();
        process("backup", tree.toString()).refuses(4, "two hosts");
    }

    @Test
    void refusesAPathThatDoesNotExist() {
        enrolled();
        Ran ran = run("backup", "/no/such/folder", "--json");
        ran.refuses(1, "/no/such/folder");
        assertEquals("error", ran.json().getString("type"));
        assertEquals(1, ran.json().getInt("exitCode"));
    }

    @Test
    void refusesASecondBackupAndNamesTheFirst() throws Exception {
        enrolled();
        try (HomeLock held = Home.at(home).lock("backup")) {
            assertTrue(held != null);
            process("backup", tree.toString())
                    .refuses(
                            1,
                            "another backup",
                            "process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void passesCentralsRefusalOn() {
        enrolled();
        stub.answer(Answer.problem(Problem.of(ProblemKind.REVOKED, "System 7 was revoked\u001b[2J on Monday")));
        run("master-file", "--refresh").refuses(1, "revoked [2j on monday. this machine was shut out");
    }

    @Test
    void endsAtOnceWhenItIsInterrupted() throws Exception {
        enrolled();
        stub.keepSilentAt("/api/v1/leases");
        Process process = Ran.start(folder, home, "backup", tree.toString());
        assertTrue(stub.isAskedInVain());
        long before = System.nanoTime();
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                .start()
                .waitFor();
        Ran ran = Ran.end(process, folder);
        ran.refuses(130, "stopped", "again");
        assertTrue(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - before) < 10);
        Home.at(home).lock("backup").close();
    }

    private void enrolled() {
        enroll(StubCentral.TOKEN, realm.fingerprint()).done();
    }

    private Ran enroll(String token, String fingerprint, String... more) {
        List<String> all = new ArrayList<>(
                List.of("enroll", stub.peopleUrl().toString(), "--token", token, "--ca-fingerprint", fingerprint));
        all.addAll(List.of(more));
        return run(all.toArray(String[]::new));
    }

    private Ran run(String... arguments) {
        return Ran.here(home, arguments);
    }

    private Ran process(String... arguments) throws IOException, InterruptedException {
        return Ran.end(Ran.start(folder, home, arguments), folder);
    }
}
