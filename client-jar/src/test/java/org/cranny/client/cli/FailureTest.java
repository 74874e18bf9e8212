package org.cranny.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.cranny.engine.placement.NotEnoughHostsException;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.junit.jupiter.api.Test;

class FailureTest {
    @Test
    void givesEveryProblemItsExitCodeAndAdvice() {
        for (ProblemKind kind : ProblemKind.values()) {
            Failure failure = Failure.of(new ProblemException(kind, "Something is wrong"));
            assertEquals(kind.exitCode(), failure.exitCode());
            assertEquals("cranny: Something is wrong. " + kind.advice(), failure.shown());
        }
    }

    @Test
    void understandsProblemsOfLaterVersions() {
        Problem later = new Problem("FROZEN", 423, "It is frozen.", "Wait", "paths", null);
        Failure failure = Failure.of(new ProblemException(later));
        assertEquals(1, failure.exitCode());
        assertEquals("cranny: It is frozen. (paths). Wait.", failure.shown());
    }

    @Test
    void tellsNotEnoughHostsFromOtherFailures() {
        assertEquals(4, Failure.of(new NotEnoughHostsException("too few")).exitCode());
        assertEquals(1, Failure.of(new IOException("broken")).exitCode());
    }

    @Test
    void saysWhatToDoWhenAnyThreadHadNotEnoughMemory() {
        Throwable worker = new IllegalStateException("a part failed", new OutOfMemoryError("Java heap space"));
        assertTrue(Failure.of(worker).line().contains("CRANNY_JAVA_OPTIONS"));
    }

    @Test
    void looksIntoWhatWrapsAFailure() {
        IOException inside = new NotEnoughHostsException("too few");
        assertEquals(4, Failure.of(new UncheckedIOException(inside)).exitCode());
        assertEquals(4, Failure.of(new ExecutionException(inside)).exitCode());
    }

    @Test
    void namesTheFileThatStoodInTheWay() {
        for (FileSystemException failed : List.of(
                new NoSuchFileException("/a/b"),
                new AccessDeniedException("/a/b"),
                new FileSystemException("/a/b", null, "No space left on device"))) {
            assertTrue(Failure.of(failed).line().contains("/a/b"), failed::toString);
        }
    }

    @Test
    void leavesNothingInItsLineThatMovesTheCursor() {
        String shown =
                Failure.of(new IOException("line one\n\u001b[2Jline two")).shown();
        assertFalse(shown.contains("\n") || shown.contains("\u001b"), shown);
    }

    @Test
    void callsABugABugAndSaysHowToReportIt() {
        Failure failure = Failure.of(new IllegalStateException("the index is upside down"));
        assertEquals("BUG", failure.kind());
        assertTrue(failure.line().contains("--debug"), failure::line);
    }
}
