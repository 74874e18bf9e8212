package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.cranny.central.approval.Approval;
import org.cranny.protocol.problem.ProblemKind;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApprovalTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void nobodyGivesLeaveToThemselvesHoweverTheyWriteTheirName(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder, Map.of("cranny.approval.rule", "second-person"))) {
            Approval asked = ask(bench);
            assertEquals("WAITING", asked.state());
            Bench.refused(ProblemKind.NOT_APPROVED, () -> bench.central.approvals.require(asked.id()));
            Bench.refused(
                    ProblemKind.NOT_ALLOWED, () -> bench.central.approvals.give("anna", Bench.OFFICER, asked.id()));
            Bench.refused(
                    ProblemKind.NOT_ALLOWED, () -> bench.central.approvals.give(" ANNA", Bench.OFFICER, asked.id()));
            assertEquals(
                    "GIVEN",
                    bench.central
                            .approvals
                            .give("bert", Bench.OFFICER, asked.id())
                            .state());
            assertTrue(bench.central.approvals.require(asked.id()).contains("bert"));
            List<String> actions = bench.central.log.newest(20).stream()
                    .map(line -> line.actor() + " " + line.action())
                    .toList();
            assertTrue(actions.contains("anna approval asked"), actions::toString);
            assertTrue(actions.contains("bert approval given"), actions::toString);
        }
    }

    @ParameterizedTest
    @EnumSource
    void withOneRuleTimeGivesLeaveAndWithTheOtherItNeverDoes(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder, Map.of("cranny.approval.rule", "second-person-or-wait"))) {
            Approval asked = ask(bench);
            bench.clock.advance(Duration.ofHours(24).minusMillis(1));
            Bench.refused(ProblemKind.NOT_APPROVED, () -> bench.central.approvals.require(asked.id()));
            bench.clock.advance(Duration.ofMillis(1));
            assertTrue(bench.central.approvals.require(asked.id()).contains("by time"));
            bench.clock.advance(Duration.ofHours(24));
            Bench.refused(ProblemKind.NOT_APPROVED, () -> bench.central.approvals.require(asked.id()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStrictRuleWaitsForSomebodyUntilItExpires(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder, Map.of("cranny.approval.rule", "second-person"))) {
            Approval asked = ask(bench);
            bench.clock.advance(Duration.ofHours(47));
            Bench.refused(ProblemKind.NOT_APPROVED, () -> bench.central.approvals.require(asked.id()));
            bench.clock.advance(Duration.ofHours(1));
            Bench.refused(
                    ProblemKind.NOT_APPROVED, () -> bench.central.approvals.give("bert", Bench.OFFICER, asked.id()));
            assertEquals("EXPIRED", bench.central.approvals.find(asked.id()).state());
            assertEquals(List.of(), bench.central.approvals.newest(true, null, 10));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasGivenCanBeTakenBackAndWhatWasRefusedStaysSo(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder, Map.of("cranny.approval.rule", "second-person-or-wait"))) {
            Approval asked = ask(bench);
            bench.central.approvals.give("bert", Bench.OFFICER, asked.id());
            bench.central.approvals.refuse("carl", asked.id());
            Bench.refused(ProblemKind.NOT_APPROVED, () -> bench.central.approvals.require(asked.id()));
            Bench.refused(
                    ProblemKind.NOT_APPROVED, () -> bench.central.approvals.give("bert", Bench.OFFICER, asked.id()));
            bench.clock.advance(Duration.ofHours(25));
            Bench.refused(ProblemKind.NOT_APPROVED, () -> bench.central.approvals.require(asked.id()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theOwnerIsToldWhenItIsOnDisk(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder, Map.of("cranny.approval.rule", "second-person"))) {
            Approval asked = ask(bench);
            assertEquals(
                    List.of(asked.id()),
                    bench.central.approvalNews.stream()
                            .map(news -> news.approval().id())
                            .toList());
            Bench.refused(
                    ProblemKind.BAD_REQUEST,
                    () -> bench.central.approvals.ask("anna", asked.system(), "recovery", "a\nb"));
        }
    }

    private static Approval ask(Bench bench) {
        long system = bench.source("ws-01").id.number();
        return bench.central
                .approvals
                .ask("anna", system, "recovery 50", "disk broke")
                .orElseThrow();
    }
}
