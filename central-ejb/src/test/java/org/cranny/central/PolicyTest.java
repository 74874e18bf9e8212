package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.cranny.central.job.DueBackups;
import org.cranny.central.job.JobQuery;
import org.cranny.central.policy.BackupDue;
import org.cranny.central.policy.Effective;
import org.cranny.central.policy.Policies;
import org.cranny.central.policy.PolicyChange;
import org.cranny.central.policy.PolicyNews;
import org.cranny.central.policy.Schedules;
import org.cranny.central.policy.Scope;
import org.cranny.protocol.policy.EffectivePolicy;
import org.cranny.protocol.policy.Policy;
import org.cranny.protocol.problem.ProblemKind;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Policies, groups and schedules on both databases. The clock begins at noon of 1 January 2030, a Tuesday. */
class PolicyTest {
    private static final String AT_TWO = "{'schedule': {'times': ['0 14 * * *']}}";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void aSystemHasWhatItsScopesSetAndSaysWhere(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            long ws = bench.source("ws").id.number();
            long other = bench.source("other").id.number();
            set(bench, Scope.COMPANY, "default", "{'copies': 2, 'excludes': ['*.tmp']}");
            set(bench, Scope.GROUP, "servers", "{'copies': 3}");
            set(bench, Scope.GROUP, "berlin", "{'copies': 4, 'schedule': {'zone': 'Europe/Berlin'}}");
            set(bench, Scope.SYSTEM, String.valueOf(ws), "{'excludes': ['!a.tmp']}");
            set(bench, Scope.PATH, ws + ":/home/anna", "{'excludes': ['Downloads/']}");
            bench.central.labels.set("anna", ws, List.of("servers", "berlin"));

            Effective effective = bench.central.policies.effective(ws);
            assertEquals(3, effective.policy().copies(), "the first group wins");
            assertEquals("Europe/Berlin", effective.policy().schedule().zone());
            assertEquals(List.of("*.tmp", "!a.tmp"), effective.policy().excludes());
            assertEquals(List.of("company", "system " + ws), effective.origins().get("excludes"));
            assertEquals(List.of("group servers"), effective.origins().get("copies"));
            assertEquals(List.of(new EffectivePolicy.Folder("/home/anna", List.of("Downloads/"))), effective.folders());

            bench.central.labels.set("anna", ws, List.of("berlin", "servers"));
            assertEquals(4, bench.central.policies.effective(ws).policy().copies());
            assertEquals(2, bench.central.policies.effective(other).policy().copies());
            assertEquals(List.of(), bench.central.policies.effective(other).folders());
            Bench.refused(ProblemKind.NOT_FOUND, () -> bench.central.policies.effective(999));
            Bench.refused(ProblemKind.NOT_FOUND, () -> set(bench, Scope.SYSTEM, "999", "{}"));
            Bench.refused(ProblemKind.BAD_REQUEST, () -> bench.central.labels.set("anna", ws, List.of("A b")));
            Bench.refused(ProblemKind.BAD_REQUEST, () -> bench.central.labels.set("anna", ws, List.of("a", "a")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAScopeInheritsIsWhatWiderOnesSet(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            long ws = bench.source("ws").id.number();
            String name = String.valueOf(ws);
            set(bench, Scope.COMPANY, "default", "{'copies': 2, 'excludes': ['a'], 'paths': ['/home']}");
            set(bench, Scope.GROUP, "servers", "{'copies': 4}");
            set(bench, Scope.SYSTEM, name, "{'copies': 5, 'all': true}");
            bench.central.labels.set("anna", ws, List.of("servers"));
            Policies policies = bench.central.policies;
            assertEquals(
                    Policy.EMPTY, policies.inherited(Scope.COMPANY, "default").policy());
            assertEquals(2, policies.inherited(Scope.GROUP, "servers").policy().copies());
            assertEquals(4, policies.inherited(Scope.SYSTEM, name).policy().copies());
            assertEquals(
                    List.of("group servers"),
                    policies.inherited(Scope.SYSTEM, name).origins().get("copies"));
            assertEquals(
                    5, policies.inherited(Scope.PATH, name + ":/home").policy().copies());
            assertEquals(
                    List.of("/home"),
                    policies.effective(ws, Policy.EMPTY).policy().paths());
            assertNull(policies.effective(ws).policy().paths());
            Bench.refused(ProblemKind.NOT_FOUND, () -> policies.inherited(Scope.SYSTEM, "999"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyChangeIsKeptWithWhoMadeItAndTold(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            long ws = bench.source("ws").id.number();
            set(bench, Scope.COMPANY, "default", "{'copies': 2}");
            set(bench, Scope.COMPANY, "default", "{'copies': 2}");
            bench.clock.advance(Duration.ofMinutes(1));
            set(bench, Scope.COMPANY, "default", "{'copies': 3}");
            bench.clock.advance(Duration.ofMinutes(1));
            bench.central.policies.unset("bert", Scope.COMPANY, "default");
            bench.central.policies.unset("bert", Scope.COMPANY, "default");
            List<PolicyChange> history = bench.central.policies.history(Scope.COMPANY, "default", 10);
            assertEquals(3, history.size());
            assertEquals("bert", history.get(0).changedBy());
            assertNull(history.get(0).after());
            assertEquals(3, history.get(0).before().copies());
            assertEquals(2, history.get(1).before().copies());
            assertNull(history.get(2).before());
            assertEquals(3, bench.central.policyNews.size());
            assertTrue(bench.central.policyNews.get(0).everybody());
            assertEquals("policy-unset", bench.central.log.newest(1).get(0).action());
            Bench.refused(ProblemKind.NOT_FOUND, () -> bench.central.policies.get(Scope.COMPANY, "default"));

            bench.central.labels.set("anna", ws, List.of("g"));
            set(bench, Scope.GROUP, "g", "{'copies': 3}");
            assertEquals(List.of(ws), last(bench.central.policyNews).systems());
            assertEquals(1, bench.central.policies.list(null, 10).size());
            assertEquals(0, bench.central.policies.list("group g", 10).size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void callsOnceWhenABackupIsDue(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            long ws = bench.source("ws").id.number();
            bench.source("other");
            set(bench, Scope.SYSTEM, String.valueOf(ws), AT_TWO);
            assertEquals(0, bench.central.schedules.look());
            bench.clock.advance(Duration.ofMinutes(119));
            assertEquals(0, bench.central.schedules.look());
            bench.clock.advance(Duration.ofMinutes(1));
            assertEquals(1, bench.central.schedules.look());
            assertEquals(0, bench.central.schedules.look());
            bench.restart();
            assertEquals(0, bench.central.schedules.look());
            bench.clock.advance(Duration.ofHours(24));
            assertEquals(1, bench.central.schedules.look());
            assertEquals(
                    List.of(new BackupDue(ws, Instant.parse("2030-01-02T14:00:00Z"), "schedule")), bench.central.due);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasMissedIsCaughtUpOnceIfItMayBe(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            long eager = bench.source("eager").id.number();
            long patient = bench.source("patient").id.number();
            long nightly = bench.source("nightly").id.number();
            set(bench, Scope.COMPANY, "default", "{'schedule': {'times': ['0 2 * * *']}}");
            set(bench, Scope.SYSTEM, String.valueOf(patient), "{'schedule': {'catchUp': false}}");
            set(
                    bench,
                    Scope.SYSTEM,
                    String.valueOf(nightly),
                    "{'schedule': {'window': {'from': '01:00', 'to': '05:00'}}}");
            assertEquals(0, bench.central.schedules.look());

            bench.clock.advance(Duration.ofDays(3));
            assertEquals(1, bench.central.schedules.look());
            assertEquals(
                    List.of(new BackupDue(eager, Instant.parse("2030-01-02T02:00:00Z"), "catch-up")),
                    bench.central.due);
            assertEquals(0, bench.central.schedules.look());

            bench.clock.advance(Duration.ofHours(14));
            assertEquals(3, bench.central.schedules.look(), "all meet again at two in the morning");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aChangedPolicyTakesEffectAtTheNextLook(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            long ws = bench.source("ws").id.number();
            set(bench, Scope.GROUP, "g", AT_TWO);
            bench.central.schedules.look();
            bench.clock.advance(Duration.ofHours(2));
            assertEquals(0, bench.central.schedules.look(), "it is in no group");
            bench.central.labels.set("anna", ws, List.of("g"));
            bench.central.schedules.look();
            set(bench, Scope.GROUP, "g", "{'schedule': {'times': ['30 14 * * *']}}");
            bench.central.schedules.look();
            bench.clock.advance(Duration.ofMinutes(30));
            assertEquals(1, bench.central.schedules.look());
            bench.central.policies.unset("anna", Scope.GROUP, "g");
            bench.clock.advance(Duration.ofHours(24));
            assertEquals(0, bench.central.schedules.look());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMachineThatWasShutOutIsNotCalled(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            long ws = bench.source("ws").id.number();
            set(bench, Scope.COMPANY, "default", AT_TWO);
            bench.central.schedules.look();
            bench.central.systems.revoke(ws, "anna", "lost");
            bench.clock.advance(Duration.ofHours(2));
            assertEquals(0, bench.central.schedules.look());
        }
    }

    @ParameterizedTest
    @EnumSource
    void severalThatLookAtOnceCallOnce(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            for (int i = 0; i < 10; i++) {
                bench.source("ws" + i);
            }
            set(bench, Scope.COMPANY, "default", AT_TWO);
            bench.central.schedules.look();
            bench.clock.advance(Duration.ofHours(2));
            List<Callable<Integer>> looks = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                looks.add(bench.central.schedules::look);
            }
            int called = Bench.together(looks).stream()
                    .mapToInt(each -> (Integer) each)
                    .sum();
            assertEquals(10, called);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBePassedOnStaysDue(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            bench.source("ws");
            set(bench, Scope.COMPANY, "default", AT_TWO);
            bench.central.schedules.look();
            bench.clock.advance(Duration.ofHours(2));
            PolicyNews deaf = new PolicyNews(
                    bench.central.database,
                    changed -> {},
                    due -> {
                        throw new IllegalStateException("nobody takes it");
                    },
                    retention -> {});
            Schedules schedules = new Schedules(
                    bench.central.database, bench.central.policies, bench.central.systems, deaf, bench.clock);
            assertEquals(0, schedules.look());
            assertEquals(1, bench.central.schedules.look());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBackupThatIsDueIsOneJob(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            long ws = bench.source("ws").id.number();
            set(bench, Scope.COMPANY, "default", AT_TWO);
            DueBackups jobs = new DueBackups(bench.central.jobs);
            PolicyNews news = new PolicyNews(bench.central.database, changed -> {}, jobs::due, retention -> {});
            Schedules schedules = new Schedules(
                    bench.central.database, bench.central.policies, bench.central.systems, news, bench.clock);
            schedules.look();
            bench.clock.advance(Duration.ofHours(2));
            assertEquals(1, schedules.look());
            assertEquals(0, schedules.look());
            jobs.due(new BackupDue(ws, Instant.parse("2030-01-01T14:00:00Z"), "schedule"));
            assertEquals(
                    1, bench.central.jobs.list(new JobQuery(null, ws, null, 10)).size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsASourceItsTimesForWeeks(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            long ws = bench.source("ws").id.number();
            EffectivePolicy none = bench.central.schedules.forSource(ws);
            assertEquals(List.of(), none.due());
            set(bench, Scope.COMPANY, "default", AT_TWO);
            EffectivePolicy policy = bench.central.schedules.forSource(ws);
            assertNotEquals(none.tag(), policy.tag());
            assertEquals(62, policy.due().size());
            assertEquals(
                    Instant.parse("2030-01-01T14:00:00Z").getEpochSecond(),
                    policy.due().get(0));
            bench.clock.advance(Duration.ofMinutes(50));
            assertEquals(policy, bench.central.schedules.forSource(ws), "it stays the same for the hour");
            bench.clock.advance(Duration.ofHours(12));
            assertNotEquals(policy.tag(), bench.central.schedules.forSource(ws).tag());
            assertEquals(
                    List.of(Instant.parse("2030-01-02T14:00:00Z"), Instant.parse("2030-01-03T14:00:00Z")),
                    bench.central.schedules.next(ws, 2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsASourceTheTimesAheadHoweverOftenItIsDue(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            long ws = bench.source("ws").id.number();
            set(bench, Scope.COMPANY, "default", "{'schedule': {'times': ['* * * * *']}}");
            bench.clock.advance(Duration.ofHours(11));
            long soon = bench.clock.instant().plusSeconds(60).getEpochSecond();
            long later = bench.clock.instant().plus(Duration.ofHours(15)).getEpochSecond();
            List<Long> due = bench.central.schedules.forSource(ws).due();
            assertTrue(due.stream().filter(time -> time > soon && time < later).count() >= 15 * 60 - 2, due::toString);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWrongPolicyChangesNothing(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            set(bench, Scope.COMPANY, "default", "{'copies': 2}");
            var refused = Bench.refused(
                    ProblemKind.BAD_REQUEST,
                    () -> set(bench, Scope.COMPANY, "default", "{'copies': 3, 'schedule': {'times': ['x']}}"));
            assertEquals("schedule.times[0]", refused.problem().field());
            assertEquals(
                    2,
                    bench.central
                            .policies
                            .get(Scope.COMPANY, "default")
                            .policy()
                            .copies());
            assertEquals(1, bench.central.policyNews.size());
            assertThrows(RuntimeException.class, () -> Scope.of("everybody"));
        }
    }

    private static void set(Bench bench, Scope scope, String name, String document) {
        bench.central.policies.set("anna", scope, name, json(document.replace('\'', '"')));
    }

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }
}
