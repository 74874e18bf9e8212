package org.cranny.client.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.cranny.client.enrollment.Enrollment;
import org.cranny.client.enrollment.Fingerprint;
import org.cranny.client.guest.Guest;
import org.cranny.client.home.Home;
import org.cranny.client.policy.Served;
import org.cranny.client.report.Progress;
import org.cranny.client.stub.StubCentral;
import org.cranny.client.stub.StubCentral.Answer;
import org.cranny.client.stub.TestRealm;
import org.cranny.protocol.job.JobKind;
import org.cranny.protocol.job.RunNowOrder;
import org.cranny.protocol.policy.EffectivePolicy;
import org.cranny.protocol.policy.Policy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the agent does by its kept policy. */
class PlannedWorkTest {
    private static final Instant DUE = Instant.parse("2030-01-02T02:00:00Z");

    @TempDir
    Path folder;

    private final TestRealm realm = new TestRealm();
    private final MovingClock clock = new MovingClock();
    private final Log log = new Log(new PrintStream(new ByteArrayOutputStream()), Clock.systemUTC());
    private StubCentral central;
    private Home home;
    private final FakeSenses senses = new FakeSenses();
    private Execution execution;
    private Holds holds;
    private PlannedWork planned;
    private long askedBefore;

    @BeforeEach
    void enroll() throws Exception {
        central = StubCentral.start(realm);
        home = Home.at(folder.resolve("home"));
        new Enrollment(home, new SecureRandom(), Clock.systemUTC())
                .enroll(new Enrollment.Order(
                        central.peopleUrl(), StubCentral.TOKEN, Fingerprint.parse(realm.fingerprint()), "ws"));
        execution = new Execution(home, thrown -> new Ending(1, String.valueOf(thrown.getMessage())), log);
        holds = new Holds(home, new Guest(home, senses, clock), log, clock);
        planned = new PlannedWork(home, execution, holds, log, clock);
        clock.now = DUE.minus(Duration.ofMinutes(1));
        central.answer(Answer.json(policy()));
        assertEquals(Optional.empty(), planned.next());
        askedBefore = asked() - 1;
    }

    @AfterEach
    void close() {
        central.close();
    }

    @Test
    void whileCentralAnswersItIsCentralThatCalls() throws Exception {
        clock.now = DUE.plusSeconds(1);
        central.answer(Answer.json(policy()));
        assertEquals(Optional.empty(), planned.next());
        assertEquals(Optional.empty(), planned.next());
        assertEquals(2, asked(), "once for the policy, once at the planned time");
        clock.now = DUE.plus(Duration.ofMinutes(1));
        planned.changed();
        central.answer(Answer.json(policy()));
        assertEquals(Optional.empty(), planned.next());
        assertEquals(3, asked(), "once more when the policy changed");
    }

    @Test
    void whileCentralIsAwayAPlannedTimeIsTriedOnce() throws Exception {
        central.close();
        assertEquals(Optional.empty(), planned.next());
        clock.now = DUE.plusSeconds(1);
        Work work = planned.next().orElseThrow();
        IOException nothingThere = assertThrows(IOException.class, work::run);
        assertTrue(nothingThere.getMessage().contains("/not/here"), nothingThere.getMessage());
        assertEquals(Optional.empty(), planned.next());
        assertEquals(
                Optional.empty(), new PlannedWork(home, execution, holds, log, clock).next(), "after a restart too");
        clock.now = DUE.plus(Duration.ofDays(1)).plusSeconds(1);
        assertTrue(planned.next().isPresent(), "the next planned time tries again");
    }

    @Test
    void whatWaitsIsTriedWhenItNeedNotWaitAnyMore() throws Exception {
        central.close();
        clock.now = DUE.plusSeconds(1);
        Files.setLastModifiedTime(home.config(), FileTime.from(clock.now));
        senses.onBattery = true;
        assertEquals(Optional.empty(), planned.next());
        senses.onBattery = false;
        clock.now = DUE.plus(Duration.ofHours(3));
        assertTrue(planned.next().isPresent());
    }

    @Test
    void centralsLaterCallForAServedTimeMakesNoBackup() throws Exception {
        new Served(home).note(DUE);
        try (Progress progress = Progress.to(new Tally(log))) {
            for (Instant due : List.of(DUE, DUE.minusSeconds(60))) {
                RunNowOrder order = new RunNowOrder(due, "catch-up");
                Execution.Finished finished = execution.run(JobKind.RUN_NOW, order, null, progress);
                assertEquals(0, finished.exitCode());
                assertEquals(true, finished.summary().get("servedAlready"));
            }
        }
        new Served(home).note(DUE.minusSeconds(60));
        assertEquals(DUE, new Served(home).newest());
    }

    private long asked() {
        return central.paths().stream().filter(path -> path.endsWith("/policy")).count() - askedBefore;
    }

    private static EffectivePolicy policy() {
        Policy policy = new Policy(
                List.of("/not/here"),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        List<Long> due =
                List.of(DUE.getEpochSecond(), DUE.plus(Duration.ofDays(1)).getEpochSecond());
        return new EffectivePolicy("tag", policy, List.of(), due);
    }

    private static final class MovingClock extends Clock {
        private volatile Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
