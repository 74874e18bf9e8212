package org.cranny.central;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.cranny.central.browse.QuestionAsked;
import org.cranny.central.policy.Scope;
import org.cranny.protocol.browse.Answer;
import org.cranny.protocol.browse.EntryLine;
import org.cranny.protocol.browse.EntryPage;
import org.cranny.protocol.browse.Explanation;
import org.cranny.protocol.browse.Question;
import org.cranny.protocol.enrollment.EscrowDeposit;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where central may not list files by itself, the machine's agent is asked. */
class QuestionsTest {
    private static final EntryLine FILE =
            new EntryLine("/a", "file", "0644", 0, 0, "root", "root", "2026-01-31T12:00:00Z", 0, 1L, null, null, null);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void theAgentAnswersWhatCentralMayNotLookUp(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = source(bench);
            EntryPage page = new EntryPage("ab", List.of(FILE), null);
            agent(bench, source, question -> {
                assertEquals(Question.tree("latest", "/", null, 10), question);
                return Answer.of(page);
            });
            assertEquals(page, list(bench, source));
            var row = bench.central.log.newest(1).get(0);
            assertEquals("browse", row.action());
            assertTrue(row.toString().contains("answered by its agent"), row::toString);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPolicyAloneKeepsNamesFromCentral(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = source(bench);
            byte[] sealed = new byte[100];
            bench.central.escrow.deposit(
                    source.id,
                    new EscrowDeposit(
                            0,
                            Base64.getEncoder().encodeToString(sealed),
                            Base64.getEncoder().encodeToString(sealed)));
            bench.central.policies.set(
                    "admin",
                    Scope.COMPANY,
                    Scope.EVERYBODY,
                    Json.createObjectBuilder().add("browsing", false).build());
            Bench.refused(
                    ProblemKind.NO_BROWSING,
                    () -> bench.central.browsing.tally(
                            "admin", source.id.number(), "latest", List.of("/"), (path, isFolder, size) -> false));
            agent(bench, source, question -> Answer.of(new EntryPage("ab", List.of(), null)));
            assertEquals(List.of(), list(bench, source).entries());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMachineThatIsNotThereOrTooOldIsOneLine(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = source(bench);
            refused(bench, source, ProblemKind.NO_BROWSING, "not connected");
            agent(bench, source, question -> Answer.of((Explanation) null));
            refused(bench, source, ProblemKind.NO_BROWSING, "no answer to this");
            agent(bench, source, question -> Answer.of(Problem.of(ProblemKind.NOT_FOUND, "there is no /x")));
            refused(bench, source, ProblemKind.NOT_FOUND, "there is no /x");
            agent(bench, source, question -> Answer.of(Problem.ofField("name", "two stars")));
            refused(bench, source, ProblemKind.BAD_REQUEST, "two stars");
            agent(bench, source, question -> Answer.of(new Problem("SURPRISE", 200, "oh", "click", null, null)));
            refused(bench, source, ProblemKind.NO_BROWSING, "its agent says: oh");
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhoIsAskedSeesAndAnswersAndNoMoreThanWasAsked(Databases kind) throws Exception {
        try (Bench bench = new Bench(kind, folder)) {
            TestMachine source = source(bench);
            TestMachine other = bench.source("ws-02");
            CompletableFuture<Void> done = new CompletableFuture<>();
            hear(bench, number -> {
                refuses(ProblemKind.NOT_FOUND, () -> bench.central.questions.find(other.id.number(), number));
                Answer many = Answer.of(new EntryPage("ab", Collections.nCopies(11, FILE), null));
                refuses(ProblemKind.NOT_FOUND, () -> bench.central.questions.answer(other.id.number(), number, many));
                refuses(
                        ProblemKind.BAD_REQUEST,
                        () -> bench.central.questions.answer(source.id.number(), number, many));
                Answer hollow = Answer.of(new EntryPage("ab", null, null));
                refuses(
                        ProblemKind.BAD_REQUEST,
                        () -> bench.central.questions.answer(source.id.number(), number, hollow));
                bench.central.questions.answer(
                        source.id.number(), number, Answer.of(new EntryPage("ab", List.of(FILE), null)));
                done.complete(null);
                return null;
            });
            assertEquals(1, list(bench, source).entries().size());
            done.get();
            refuses(ProblemKind.NOT_FOUND, () -> bench.central.questions.find(source.id.number(), 1));
        }
    }

    private static TestMachine source(Bench bench) throws Exception {
        TestMachine source = bench.source("ws-01");
        bench.commit(source, 1, null, List.of(), List.of());
        return source;
    }

    private static EntryPage list(Bench bench, TestMachine source) {
        return bench.central.browsing.list("admin", source.id.number(), "latest", "/", null, 10);
    }

    private static void agent(Bench bench, TestMachine source, Function<Question, Answer> agent) {
        hear(bench, number -> {
            Question question = bench.central.questions.find(source.id.number(), number);
            bench.central.questions.answer(source.id.number(), number, agent.apply(question));
            return null;
        });
    }

    private static void hear(Bench bench, LongFunction<Void> agent) {
        bench.central.questionsTold = (QuestionAsked asked) -> {
            asked.reach();
            agent.apply(asked.number());
        };
    }

    private static void refused(Bench bench, TestMachine source, ProblemKind kind, String words) throws Exception {
        try {
            list(bench, source);
        } catch (ProblemException refusal) {
            assertEquals(kind.name(), refusal.problem().kind());
            assertEquals(kind.status(), refusal.problem().status());
            assertTrue(refusal.getMessage().contains(words), refusal::getMessage);
            return;
        }
        throw new AssertionError("it was not refused");
    }

    private static void refuses(ProblemKind kind, Runnable act) {
        try {
            act.run();
        } catch (ProblemException refusal) {
            assertEquals(kind.name(), refusal.problem().kind());
            return;
        }
        throw new AssertionError("it was not refused");
    }
}
