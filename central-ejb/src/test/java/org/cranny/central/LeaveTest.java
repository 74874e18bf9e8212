package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.cranny.central.approval.Approval;
import org.cranny.central.policy.PolicyLine;
import org.cranny.central.policy.Scope;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.problem.ProblemKind;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keeping less takes two. */
class LeaveTest {
    private static final FragmentId PACK = TestMachine.pack("one");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void shorterRetentionTakesAnotherAdministratorAndIsDoneOnce(Databases kind) throws Exception {
        try (Bench bench = bench(kind, "second-person")) {
            Bench.refused(ProblemKind.NOT_APPROVED, () -> keepDaily(bench, "anna", 7));
            Bench.refused(ProblemKind.NOT_APPROVED, () -> keepDaily(bench, "anna", 7));
            List<Approval> waiting = bench.central.approvals.newest(true, null, 10);
            assertEquals(1, waiting.size());
            Approval asked = waiting.get(0);
            assertEquals("RETENTION", asked.kind());
            Bench.refused(
                    ProblemKind.NOT_ALLOWED,
                    () -> bench.central.approvals.give("anna", Bench.ADMINISTRATOR, asked.id()));
            Bench.refused(
                    ProblemKind.NOT_ALLOWED, () -> bench.central.approvals.give("bert", Bench.OFFICER, asked.id()));
            bench.central.approvals.give("bert", Bench.ADMINISTRATOR, asked.id());

            Bench.refused(ProblemKind.NOT_APPROVED, () -> keepDaily(bench, "anna", 6));
            Bench.refused(ProblemKind.NOT_APPROVED, () -> keepDaily(bench, "carl", 7));
            assertEquals("anna", keepDaily(bench, "anna", 7).changedBy());
            assertEquals("anna", keepDaily(bench, "anna", 30).changedBy());
            Bench.refused(ProblemKind.NOT_APPROVED, () -> keepDaily(bench, "anna", 7));
            assertNotEquals(
                    asked.id(),
                    bench.central.approvals.newest(true, null, 10).get(0).id());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPolicyThatKeepsAsMuchTakesNobody(Databases kind) throws Exception {
        try (Bench bench = bench(kind, "second-person")) {
            bench.central.policies.set("anna", Scope.COMPANY, Scope.EVERYBODY, json("{'copies':3}"));
            bench.central.policies.unset("anna", Scope.COMPANY, Scope.EVERYBODY);
            bench.central.policies.unset("anna", Scope.SYSTEM, "4711");
            assertEquals(List.of(), bench.central.approvals.newest(false, null, 10));
        }
    }

    @ParameterizedTest
    @EnumSource
    void takingAPolicyAwayIsAskedForToo(Databases kind) throws Exception {
        try (Bench bench = bench(kind, "second-person-or-wait")) {
            Bench.refused(ProblemKind.NOT_APPROVED, () -> keepDaily(bench, "anna", 30));
            bench.clock.advance(Duration.ofHours(24));
            keepDaily(bench, "anna", 30);
            Bench.refused(ProblemKind.NOT_APPROVED, () -> {
                bench.central.policies.unset("anna", Scope.COMPANY, Scope.EVERYBODY);
            });
            assertEquals(1, bench.central.policies.list(null, 10).size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void manySnapshotsAtOnceAreForgottenWithLeaveAndFewWithout(Databases kind) throws Exception {
        try (Bench bench = new Bench(
                kind, folder, Map.of("cranny.approval.rule", "second-person", "cranny.approval.few-snapshots", "1"))) {
            TestMachine source = bench.source("ws-01");
            bench.hold(source, PACK, bench.host("h1"), bench.host("h2"));
            long system = source.id.number();
            String newest = null;
            for (int version = 1; version <= 4; version++) {
                newest = bench.commit(source, version, newest, version == 1 ? List.of(PACK) : List.of(), List.of())
                        .answer()
                        .snapshot();
                bench.clock.advance(Duration.ofDays(2));
            }
            policy(bench, "anna", system, "{'retention':{'last':1}}");
            Bench.refused(ProblemKind.NOT_APPROVED, () -> bench.central.retention.forgetNow(system, "anna"));
            Approval asked = bench.central.approvals.newest(true, null, 10).get(0);
            assertEquals("DELETION", asked.kind());
            assertEquals(system, asked.system());
            bench.central.approvals.give("bert", Bench.ADMINISTRATOR, asked.id());
            bench.central.retention.forgetNow(system, "anna");
            assertEquals(
                    3,
                    bench.central.retention.plan(system).snapshots().stream()
                            .filter(line -> line.state().equals("forgotten"))
                            .count());
        }
    }

    @ParameterizedTest
    @EnumSource
    void groupsThatKeepLessTakeAnotherAdministratorToo(Databases kind) throws Exception {
        try (Bench bench = bench(kind, "second-person")) {
            long system = bench.source("ws-01").id.number();
            bench.central.labels.set("anna", system, List.of("unruled"));
            group(bench, "long", 30);
            group(bench, "short", 7);
            long asked = waiting(bench);
            Bench.refused(ProblemKind.NOT_APPROVED, () -> regroup(bench, "anna", system, "long"));
            leave(bench);
            regroup(bench, "anna", system, "long");
            assertEquals(asked, waiting(bench));

            Bench.refused(ProblemKind.NOT_APPROVED, () -> regroup(bench, "anna", system, "short"));
            assertEquals(List.of("long"), bench.central.labels.of(system));
            regroup(bench, "anna", system, "long", "short");
            Bench.refused(ProblemKind.NOT_APPROVED, () -> regroup(bench, "anna", system, "short"));
            leave(bench);
            Bench.refused(ProblemKind.NOT_APPROVED, () -> regroup(bench, "carl", system, "short"));
            regroup(bench, "anna", system, "short");
            assertEquals(List.of("short"), bench.central.labels.of(system));
            regroup(bench, "anna", system, "long");
            regroup(bench, "anna", system);
            Bench.refused(ProblemKind.NOT_APPROVED, () -> regroup(bench, "anna", system, "short"));
        }
    }

    private static void regroup(Bench bench, String actor, long system, String... groups) {
        bench.central.labels.set(actor, system, List.of(groups));
    }

    private static void group(Bench bench, String name, int days) {
        JsonObject policy = json("{'retention':{'daily':" + days + "}}");
        Bench.refused(ProblemKind.NOT_APPROVED, () -> bench.central.policies.set("anna", Scope.GROUP, name, policy));
        leave(bench);
        bench.central.policies.set("anna", Scope.GROUP, name, policy);
    }

    private static void leave(Bench bench) {
        long id = bench.central.approvals.newest(true, null, 1).get(0).id();
        bench.central.approvals.give("bert", Bench.ADMINISTRATOR, id);
    }

    private static long waiting(Bench bench) {
        return bench.central.approvals.newest(true, null, 10).size();
    }

    private Bench bench(Databases kind, String rule) throws Exception {
        return new Bench(kind, folder, Map.of("cranny.approval.rule", rule));
    }

    private static PolicyLine keepDaily(Bench bench, String actor, int days) {
        return bench.central.policies.set(
                actor, Scope.COMPANY, Scope.EVERYBODY, json("{'retention':{'daily':" + days + "}}"));
    }

    private static void policy(Bench bench, String actor, long system, String document) {
        Bench.refused(
                ProblemKind.NOT_APPROVED,
                () -> bench.central.policies.set(actor, Scope.SYSTEM, String.valueOf(system), json(document)));
        long id = bench.central.approvals.newest(true, null, 1).get(0).id();
        bench.central.approvals.give("bert", Bench.ADMINISTRATOR, id);
        bench.central.policies.set(actor, Scope.SYSTEM, String.valueOf(system), json(document));
    }

    private static JsonObject json(String document) {
        return Json.createReader(new StringReader(document.replace('\'', '"'))).readObject();
    }
}
