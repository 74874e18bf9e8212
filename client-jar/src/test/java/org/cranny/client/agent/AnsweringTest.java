package org.cranny.client.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.bind.JsonbBuilder;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.cranny.client.enrollment.Enrollment;
import org.cranny.client.enrollment.Fingerprint;
import org.cranny.client.home.Home;
import org.cranny.client.home.HomeLock;
import org.cranny.client.machine.Machine;
import org.cranny.client.policy.LocalPolicy;
import org.cranny.client.stub.StubCentral;
import org.cranny.client.stub.TestRealm;
import org.cranny.protocol.browse.Answer;
import org.cranny.protocol.browse.Question;
import org.cranny.protocol.policy.EffectivePolicy;
import org.cranny.protocol.policy.Policy;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What central may not list by itself, the agent lists; what central has for it follows the policy. */
class AnsweringTest {
    @TempDir
    Path folder;

    private final TestRealm realm = new TestRealm();
    private StubCentral central;
    private Home home;

    @BeforeEach
    void enroll() throws Exception {
        central = StubCentral.start(realm);
        home = Home.at(folder.resolve("home"));
        new Enrollment(home, new SecureRandom(), Clock.systemUTC())
                .enroll(new Enrollment.Order(
                        central.peopleUrl(), StubCentral.TOKEN, Fingerprint.parse(realm.fingerprint()), "ws"));
    }

    @AfterEach
    void close() {
        central.close();
    }

    @Test
    void whatIsNotThereIsAnAnswerToo() throws Exception {
        Problem problem = answered(Question.tree("latest", "/", null, 10)).problem();
        assertEquals(ProblemKind.NOT_FOUND.name(), problem.kind());
    }

    @Test
    void aKindThatIsNotKnownIsAnsweredByAReason() throws Exception {
        Question future = new Question("FUTURE", "latest", null, "/", null, null, null, null, 10);
        Problem problem = answered(future).problem();
        assertEquals(ProblemKind.NO_BROWSING.name(), problem.kind());
        assertTrue(problem.detail().contains("upgrade"), problem::detail);
    }

    @Test
    void whileABackupRunsTheAnswerSaysSo() throws Exception {
        try (HomeLock lock = home.lock("backup")) {
            Problem problem = answered(Question.versions("/etc")).problem();
            assertTrue(problem.detail().contains("a backup is made"), problem::detail);
        }
    }

    @Test
    void whatListsFilesIsAtCentralAsThePolicyWants() throws Exception {
        assertEquals(List.of(true), central.browseDeposits());
        follow("1", false);
        assertEquals(List.of(true, false), central.browseDeposits());
        follow("2", false);
        assertEquals(List.of(true, false), central.browseDeposits(), "nothing is deposited twice");
        follow("3", null);
        assertEquals(List.of(true, false, true), central.browseDeposits());
    }

    @Test
    void aPolicyThatCouldNotBeFollowedIsNotKept() throws Exception {
        central.refuseEscrow(true);
        try (Machine machine = Machine.open(home)) {
            central.answer(StubCentral.Answer.json(policy("1", false)));
            LocalPolicy local = new LocalPolicy(machine);
            org.junit.jupiter.api.Assertions.assertThrows(java.io.IOException.class, local::refresh);
            assertTrue(local.kept().isEmpty(), "so that the next look tries again");
        }
    }

    private void follow(String tag, Boolean browsing) throws Exception {
        try (Machine machine = Machine.open(home)) {
            central.answer(StubCentral.Answer.json(policy(tag, browsing)));
            new LocalPolicy(machine).refresh();
        }
    }

    private static EffectivePolicy policy(String tag, Boolean browsing) {
        Policy policy = new Policy(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null, browsing);
        return new EffectivePolicy(tag, policy, List.of(), List.of());
    }

    private Answer answered(Question question) throws Exception {
        central.question(question);
        Said said = new Said();
        try (Answering answering = new Answering(home, new Log(new PrintStream(said), Clock.systemUTC()))) {
            answering.asked(5);
            assertTrue(said.line.await(60, TimeUnit.SECONDS));
        }
        assertFalse(said.toString().contains("not-answered"), said::toString);
        StubCentral.Seen last = central.seen().get(central.seen().size() - 1);
        assertEquals("PUT /api/v1/questions/5/answer", last.method() + " " + last.path());
        return JsonbBuilder.create().fromJson(last.body(), Answer.class);
    }

    private static final class Said extends OutputStream {
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        private final CountDownLatch line = new CountDownLatch(1);

        @Override
        public synchronized void write(int octet) {
            octets.write(octet);
            if (octet == '\n') {
                line.countDown();
            }
        }

        @Override
        public synchronized String toString() {
            return octets.toString(StandardCharsets.UTF_8);
        }
    }
}
