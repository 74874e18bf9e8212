package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cranny.central.job.Job;
import org.cranny.central.job.JobNews;
import org.cranny.central.job.JobQuery;
import org.cranny.protocol.job.AgentHold;
import org.cranny.protocol.job.JobClaim;
import org.cranny.protocol.job.JobKind;
import org.cranny.protocol.job.JobOffer;
import org.cranny.protocol.job.JobProgress;
import org.cranny.protocol.job.JobRequest;
import org.cranny.protocol.job.JobResult;
import org.cranny.protocol.job.JobState;
import org.cranny.protocol.job.JobWarning;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The life of jobs. */
class JobTest {
    private static final JobClaim AGENT = JobClaim.everything("a".repeat(32));
    private static final JobClaim OTHER = JobClaim.everything("b".repeat(32));
    private static final Duration LEASE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void goesFromWishToEnd(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            Job asked = backup(bench, source, "/home/ann", "/home/\\xFF");
            assertEquals(JobState.WAITING, asked.state());
            assertEquals(
                    List.of(new JobNews(source.id.number(), asked.id(), JobNews.What.WAITS)), bench.central.jobNews);
            JobOffer offer = claim(bench, source, AGENT).orElseThrow();
            assertEquals(asked.id(), offer.job());
            assertEquals("BACKUP", offer.kind());
            assertEquals(List.of("monday"), offer.order().get("tags"));
            assertEquals(
                    List.of("/home/ann", "/home/\\xFF"),
                    bench.central.claims.paths(source.id, offer.job(), 1).paths());
            bench.central.claims.progress(source.id, offer.job(), progress(offer, 10));
            Job running = bench.central.jobs.find(asked.id());
            assertEquals(JobState.RUNNING, running.state());
            assertEquals(10, running.progress().files());
            JobResult result = new JobResult(
                    offer.claim(),
                    "DONE",
                    3,
                    Map.of("snapshot", "ab", "files", 12),
                    null,
                    1,
                    List.of(new JobWarning("/home/\\xFF", "is gone")));
            bench.central.claims.result(source.id, offer.job(), result);
            bench.central.claims.result(source.id, offer.job(), result);
            Job done = bench.central.jobs.find(asked.id());
            assertEquals(JobState.DONE, done.state());
            assertEquals(3, done.exitCode());
            assertEquals("12", String.valueOf(done.summary().get("files")));
            assertEquals("/home/\\xFF", done.examples().get(0).path());
            assertEquals("end job", bench.central.log.newest(1).get(0).action());
            assertTrue(claim(bench, source, AGENT).isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneAtATimeInTheOrderOfWishes(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            Job first = backup(bench, source, "/1");
            bench.clock.advance(Duration.ofSeconds(1));
            Job second = backup(bench, source, "/2");
            JobOffer offer = claim(bench, source, AGENT).orElseThrow();
            assertEquals(first.id(), offer.job());
            assertTrue(claim(bench, source, OTHER).isEmpty());
            bench.central.jobNews.clear();
            end(bench, source, offer, "DONE");
            assertEquals(
                    List.of(new JobNews(source.id.number(), second.id(), JobNews.What.WAITS)), bench.central.jobNews);
            assertEquals(second.id(), claim(bench, source, OTHER).orElseThrow().job());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherAgentGetsItWhenTheLeaseHasPassedAndTheFirstIsShutOut(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            backup(bench, source, "/1");
            JobOffer lost = claim(bench, source, AGENT).orElseThrow();
            bench.clock.advance(LEASE);
            assertTrue(claim(bench, source, OTHER).isEmpty());
            bench.clock.advance(Duration.ofMillis(1));
            JobOffer taken = claim(bench, source, OTHER).orElseThrow();
            assertEquals(lost.job(), taken.job());
            assertEquals(2, taken.attempt());
            Bench.refused(ProblemKind.CLAIM_PASSED, () -> end(bench, source, lost, "DONE"));
            Bench.refused(
                    ProblemKind.CLAIM_PASSED,
                    () -> bench.central.claims.progress(source.id, lost.job(), progress(lost, 1)));
            end(bench, source, taken, "DONE");
            assertEquals(JobState.DONE, bench.central.jobs.find(lost.job()).state());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSameAgentGetsItBackAtOnce(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            backup(bench, source, "/1");
            JobOffer first = claim(bench, source, AGENT).orElseThrow();
            JobOffer again = claim(bench, source, AGENT).orElseThrow();
            assertEquals(first.job(), again.job());
            assertEquals(first.claim() + 1, again.claim());
            Bench.refused(ProblemKind.CLAIM_PASSED, () -> end(bench, source, first, "DONE"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAgentThatWasOnlyCutOffReportsLate(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            backup(bench, source, "/1");
            JobOffer offer = claim(bench, source, AGENT).orElseThrow();
            bench.clock.advance(Duration.ofHours(1));
            bench.central.jobNews.clear();
            bench.central.claims.sweep();
            assertEquals(JobState.WAITING, bench.central.jobs.find(offer.job()).state());
            assertEquals(JobNews.What.WAITS, bench.central.jobNews.get(0).what());
            bench.central.claims.progress(source.id, offer.job(), progress(offer, 5));
            assertEquals(JobState.RUNNING, bench.central.jobs.find(offer.job()).state());
            bench.clock.advance(Duration.ofHours(1));
            bench.central.claims.sweep();
            end(bench, source, offer, "DONE");
            assertEquals(JobState.DONE, bench.central.jobs.find(offer.job()).state());
        }
    }

    @ParameterizedTest
    @EnumSource
    void failsAfterFiveSilences(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            Job job = backup(bench, source, "/1");
            for (int i = 1; i <= 5; i++) {
                assertEquals(i, claim(bench, source, AGENT).orElseThrow().attempt());
                bench.clock.advance(LEASE.plusSeconds(1));
                bench.central.claims.sweep();
            }
            Job failed = bench.central.jobs.find(job.id());
            assertEquals(JobState.FAILED, failed.state());
            assertTrue(failed.message().contains("5 times"), failed.message());
            assertTrue(claim(bench, source, AGENT).isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsGivenBackCostsNoAttempt(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            backup(bench, source, "/1");
            for (int i = 0; i < 10; i++) {
                JobOffer offer = claim(bench, source, AGENT).orElseThrow();
                assertEquals(1, offer.attempt());
                end(bench, source, offer, "WAITING");
                end(bench, source, offer, "WAITING");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void cancelsWhatWaitsAtOnceAndWhatRunsThroughItsAgent(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            Job waiting = backup(bench, source, "/1");
            assertEquals(
                    JobState.CANCELLED,
                    bench.central.jobs.cancel("admin", waiting.id()).state());
            backup(bench, source, "/2");
            JobOffer offer = claim(bench, source, AGENT).orElseThrow();
            assertFalse(bench.central
                    .claims
                    .progress(source.id, offer.job(), progress(offer, 1))
                    .cancel());
            bench.central.jobNews.clear();
            assertEquals(
                    JobState.RUNNING,
                    bench.central.jobs.cancel("admin", offer.job()).state());
            assertEquals(JobNews.What.CANCELLED, bench.central.jobNews.get(0).what());
            assertTrue(bench.central
                    .claims
                    .progress(source.id, offer.job(), progress(offer, 2))
                    .cancel());
            end(bench, source, offer, "CANCELLED");
            Job cancelled = bench.central.jobs.cancel("somebody else", offer.job());
            assertEquals(JobState.CANCELLED, cancelled.state());
            assertEquals("admin", cancelled.cancelledBy());
        }
    }

    @ParameterizedTest
    @EnumSource
    void cancelsWhatAnAgentLeft(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            backup(bench, source, "/1");
            JobOffer lost = claim(bench, source, AGENT).orElseThrow();
            bench.central.jobs.cancel("admin", lost.job());
            bench.clock.advance(LEASE.plusSeconds(1));
            bench.central.claims.sweep();
            assertEquals(JobState.CANCELLED, bench.central.jobs.find(lost.job()).state());
            backup(bench, source, "/2");
            JobOffer stopped = claim(bench, source, AGENT).orElseThrow();
            bench.central.jobs.cancel("admin", stopped.job());
            end(bench, source, stopped, "WAITING");
            assertEquals(
                    JobState.CANCELLED, bench.central.jobs.find(stopped.job()).state());
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyAgentsAtOnceGetItOnce(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            backup(bench, source, "/1");
            backup(bench, source, "/2");
            List<Callable<Optional<JobOffer>>> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                JobClaim claim = JobClaim.everything(String.valueOf(i).repeat(32));
                all.add(() -> claim(bench, source, claim));
            }
            long got = Bench.together(all).stream()
                    .filter(each -> ((Optional<?>) each).isPresent())
                    .count();
            assertEquals(1, got);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDueInstantMakesOneJob(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            Instant due = bench.clock.instant();
            List<Callable<Job>> all =
                    Collections.nCopies(4, () -> bench.central.jobs.runNow(source.id.number(), due, "nightly"));
            List<Long> ids = Bench.together(all).stream()
                    .map(each -> ((Job) each).id())
                    .distinct()
                    .toList();
            assertEquals(1, ids.size());
            assertNotEquals(
                    ids.get(0),
                    bench.central
                            .jobs
                            .runNow(source.id.number(), due.plusSeconds(60), "nightly")
                            .id());
            JobOffer newest = claim(bench, source, AGENT).orElseThrow();
            assertEquals(
                    Map.of("due", due.plusSeconds(60).toString(), "reason", "nightly"),
                    newest.order(),
                    "the newest first: its backup makes the older one good");
            end(bench, source, newest, "DONE");
            JobOffer offer = claim(bench, source, AGENT).orElseThrow();
            assertEquals(Map.of("due", due.toString(), "reason", "nightly"), offer.order());
            end(bench, source, offer, "DONE");
            assertEquals(
                    offer.job(),
                    bench.central
                            .jobs
                            .runNow(source.id.number(), due, "nightly")
                            .id());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAnAgentHoldsWaitsAndSaysWhy(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            Instant now = bench.clock.instant();
            AgentHold battery = new AgentHold("BATTERY", now, null);
            AgentHold paused = new AgentHold(AgentHold.PAUSED, now, now.plusSeconds(7_200));
            long planned = bench.central
                    .jobs
                    .runNow(source.id.number(), now, "nightly")
                    .id();
            assertEquals(planned, claim(bench, source, AGENT).orElseThrow().job());
            assertEquals(Optional.empty(), claim(bench, source, new JobClaim(AGENT.agent(), battery)));
            Job waiting = bench.central.jobs.find(planned);
            assertEquals(JobState.WAITING, waiting.state(), "what it had is given back");
            assertEquals(0, waiting.attempts(), "which costs no attempt");
            assertEquals(battery, waiting.hold());
            long ordered = backup(bench, source, "/1").id();
            assertEquals(Optional.empty(), claim(bench, source, new JobClaim(AGENT.agent(), paused)));
            assertEquals(paused, bench.central.jobs.find(ordered).hold());
            bench.clock.advance(Duration.ofMinutes(6));
            assertNull(bench.central.jobs.find(ordered).hold(), "an agent that is silent holds nothing");
            JobOffer offer =
                    claim(bench, source, new JobClaim(AGENT.agent(), battery)).orElseThrow();
            assertEquals(ordered, offer.job(), "what somebody ordered goes");
            end(bench, source, offer, "DONE");
            assertEquals(planned, claim(bench, source, AGENT).orElseThrow().job());
            assertNull(bench.central.jobs.find(planned).hold());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aListOfTwoHundredThousandComesBackWholeAndSealed(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            int count = 200_000;
            StringBuilder lines = new StringBuilder("{\"kind\":\"BACKUP\",\"order\":{\"tags\":[\"all\"]}}\n");
            IntStream.range(0, count).forEach(i -> lines.append("\"/home/canary-name/folder-")
                    .append(i % 97)
                    .append("/file-")
                    .append(i)
                    .append("\\\\xFF\"\n"));
            Job job = bench.central.jobs.order(
                    "admin",
                    source.id.number(),
                    new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.UTF_8)),
                    EnumSet.allOf(JobKind.class));
            assertEquals(count, job.paths());
            JobOffer offer = claim(bench, source, AGENT).orElseThrow();
            int seen = 0;
            for (int page = 1; page <= offer.pages(); page++) {
                for (String path :
                        bench.central.claims.paths(source.id, job.id(), page).paths()) {
                    assertEquals("/home/canary-name/folder-" + seen % 97 + "/file-" + seen + "\\xFF", path);
                    seen++;
                }
            }
            assertEquals(count, seen);
            assertEquals(0, filesIn(folder.resolve("home/jobs")));
            assertFalse(pagesShow(bench, "canary-name"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatCannotBeMeantAndKeepsNothingOfIt(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            TestMachine host = bench.host("h");
            refused(bench, source, "kind", new JobRequest("DANCE", null, null, null));
            refused(bench, source, "paths", new JobRequest("BACKUP", null, List.of(), null));
            refused(bench, source, "paths[1]", new JobRequest("BACKUP", null, List.of("/a", "b"), null));
            refused(bench, source, "paths[0]", new JobRequest("BACKUP", null, List.of("/a/../b"), null));
            refused(bench, source, "paths", new JobRequest("CHECK", null, List.of("/a"), null));
            refused(bench, source, "order.tags", new JobRequest("BACKUP", Map.of("tags", "x"), List.of("/a"), null));
            refused(bench, source, "order.color", new JobRequest("CHECK", Map.of("color", 1), null, null));
            refused(bench, source, "order.snapshot", new JobRequest("RESTORE", Map.of("target", "/x"), null, null));
            refused(
                    bench,
                    source,
                    "order.target",
                    new JobRequest("RESTORE", Map.of("snapshot", "latest", "target", "x"), null, null));
            refused(bench, source, "reason", new JobRequest("RUN_NOW", null, null, "a\nb"));
            refused(bench, host, "system", new JobRequest("RUN_NOW", null, null, null));
            Bench.refused(
                    ProblemKind.NOT_FOUND,
                    () -> bench.central.jobs.order("admin", 4_711, new JobRequest("RUN_NOW", null, null, null)));
            byte[] half = "{\"kind\":\"BACKUP\"}\n\"/a\"\nnothing\n".getBytes(StandardCharsets.UTF_8);
            Bench.refused(
                    ProblemKind.BAD_REQUEST,
                    () -> bench.central.jobs.order(
                            "admin", source.id.number(), new ByteArrayInputStream(half), EnumSet.allOf(JobKind.class)));
            assertEquals(List.of(), bench.central.jobs.list(new JobQuery(null, null, null, 10)));
            assertEquals(0, filesIn(folder.resolve("home/jobs")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobodySeesOrReportsAnothersJob(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            TestMachine stranger = bench.source("stranger");
            backup(bench, source, "/1");
            JobOffer offer = claim(bench, source, AGENT).orElseThrow();
            assertTrue(claim(bench, stranger, AGENT).isEmpty());
            Bench.refused(ProblemKind.NOT_FOUND, () -> bench.central.claims.paths(stranger.id, offer.job(), 1));
            Bench.refused(ProblemKind.NOT_FOUND, () -> end(bench, stranger, offer, "DONE"));
            Bench.refused(
                    ProblemKind.NOT_FOUND,
                    () -> bench.central.claims.progress(stranger.id, offer.job(), progress(offer, 1)));
            Bench.refused(ProblemKind.NOT_FOUND, () -> bench.central.claims.paths(source.id, offer.job(), 2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void listsNewestFirstPageByPage(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine one = bench.source("one");
            TestMachine two = bench.source("two");
            for (int i = 0; i < 3; i++) {
                backup(bench, one, "/secret");
                backup(bench, two, "/secret");
            }
            List<Job> first = bench.central.jobs.list(new JobQuery(null, one.id.number(), null, 2));
            List<Job> rest = bench.central.jobs.list(
                    new JobQuery(JobState.WAITING, one.id.number(), first.get(1).id(), 2));
            assertEquals(2, first.size());
            assertEquals(1, rest.size());
            assertTrue(first.get(0).id() > first.get(1).id()
                    && first.get(1).id() > rest.get(0).id());
            assertNull(first.get(0).order());
            assertEquals(
                    6,
                    bench.central.jobs.list(new JobQuery(null, null, null, 10)).size());
            assertEquals(
                    0,
                    bench.central
                            .jobs
                            .list(new JobQuery(JobState.DONE, null, null, 10))
                            .size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void somebodyWhoLooksMakesReportsFrequent(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            backup(bench, source, "/1");
            JobOffer offer = claim(bench, source, AGENT).orElseThrow();
            assertEquals(15, every(bench, source, offer));
            bench.central.jobNews.clear();
            bench.central.jobs.find(offer.job());
            bench.central.jobs.find(offer.job());
            assertEquals(
                    List.of(new JobNews(source.id.number(), offer.job(), JobNews.What.WATCHED)), bench.central.jobNews);
            assertEquals(1, every(bench, source, offer));
            bench.clock.advance(Duration.ofSeconds(21));
            assertEquals(15, every(bench, source, offer));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatEndedLongAgoIsForgotten(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = bench.source("ws");
            backup(bench, source, "/1");
            Job waits = backup(bench, source, "/2");
            end(bench, source, claim(bench, source, AGENT).orElseThrow(), "DONE");
            bench.clock.advance(Duration.ofDays(91));
            bench.central.claims.sweep();
            assertEquals(
                    List.of(waits.id()),
                    bench.central.jobs.list(new JobQuery(null, null, null, 10)).stream()
                            .map(Job::id)
                            .toList());
        }
    }

    private static int every(Bench bench, TestMachine source, JobOffer offer) {
        return bench.central
                .claims
                .progress(source.id, offer.job(), progress(offer, 1))
                .everySeconds();
    }

    private static Job backup(Bench bench, TestMachine source, String... paths) {
        return bench.central.jobs.order(
                "admin",
                source.id.number(),
                new JobRequest("BACKUP", Map.of("tags", List.of("monday")), List.of(paths), "because"));
    }

    private static Optional<JobOffer> claim(Bench bench, TestMachine source, JobClaim claim) {
        return bench.central.claims.claim(source.id, claim);
    }

    private static void end(Bench bench, TestMachine source, JobOffer offer, String state) {
        bench.central.claims.result(
                source.id, offer.job(), new JobResult(offer.claim(), state, 0, null, null, 0, null));
    }

    private static JobProgress progress(JobOffer offer, long files) {
        return new JobProgress(offer.claim(), files, 0, 100, 0, 50, 0, 10, null);
    }

    private static void refused(Bench bench, TestMachine source, String field, JobRequest request) {
        ProblemException problem = Bench.refused(
                ProblemKind.BAD_REQUEST, () -> bench.central.jobs.order("admin", source.id.number(), request));
        assertEquals(field, problem.problem().field(), problem.getMessage());
    }

    private static long filesIn(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    private static boolean pagesShow(Bench bench, String word) throws Exception {
        try (Connection connection = bench.dataSource.getConnection();
                ResultSet rows = connection.createStatement().executeQuery("select octets from job_paths")) {
            boolean shown = false;
            while (rows.next()) {
                shown |= new String(rows.getBytes(1), StandardCharsets.ISO_8859_1).contains(word);
            }
            return shown;
        }
    }
}
