package org.cranny.client.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.cranny.client.hook.HookFailedException;
import org.cranny.client.hook.ProducerFailedException;
import org.cranny.client.report.Names;
import org.cranny.engine.placement.NotEnoughHostsException;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * A failure as people and scripts see it: one line that says what is wrong and what to do, and an exit code.
 *
 * @param kind stable name: a {@link ProblemKind}, or one of the command line's own
 */
record Failure(String kind, String line, int exitCode) {

    static Failure of(Throwable thrown) {
        if (isOutOfMemory(thrown)) {
            return new Failure(
                    "FAILED",
                    "Java has not enough memory for this. Give it more, for example CRANNY_JAVA_OPTIONS=-Xmx512m,"
                            + " or fewer --jobs.",
                    ExitCode.FAILED.number());
        }
        boolean wrapped = thrown instanceof UncheckedIOException
                || thrown instanceof ExecutionException
                || thrown instanceof CompletionException;
        if (wrapped && thrown.getCause() != null) {
            return of(thrown.getCause());
        }
        if (thrown instanceof ProblemException refused) {
            return ofProblem(refused.problem());
        }
        if (thrown instanceof WrongUseException) {
            return new Failure("WRONG_USE", text(thrown), ExitCode.WRONG_USE.number());
        }
        if (thrown instanceof NotEnoughHostsException) {
            return new Failure("NOT_ENOUGH_HOSTS", text(thrown), ExitCode.NOT_ENOUGH_HOSTS.number());
        }
        if (thrown instanceof HookFailedException) {
            return new Failure(
                    "HOOK_FAILED",
                    text(thrown) + " Nothing was backed up. Mend the hook, or say --hook-failure=go-on.",
                    ExitCode.HOOK_FAILED.number());
        }
        if (thrown instanceof ProducerFailedException) {
            return new Failure(
                    "PRODUCER_FAILED",
                    text(thrown) + " There is no snapshot of what it printed. Mend the command and run it again.",
                    ExitCode.PRODUCER_FAILED.number());
        }
        if (thrown instanceof PostponedException) {
            return new Failure("POSTPONED", text(thrown), ExitCode.POSTPONED.number());
        }
        if (thrown instanceof IOException failed) {
            return new Failure("FAILED", io(failed), ExitCode.FAILED.number());
        }
        if (thrown instanceof InterruptedException) {
            return new Failure("FAILED", "It was stopped. Run it again to go on.", ExitCode.INTERRUPTED.number());
        }
        return new Failure(
                "BUG",
                "Something unforeseen happened (" + thrown + "). Run it again with --debug and report what it shows.",
                ExitCode.FAILED.number());
    }

    /** Whichever thread it was that had not enough. */
    private static boolean isOutOfMemory(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }

    private static Failure ofProblem(Problem problem) {
        int exitCode = Arrays.stream(ProblemKind.values())
                .filter(kind -> kind.name().equals(problem.kind()))
                .mapToInt(ProblemKind::exitCode)
                .findFirst()
                .orElse(ExitCode.FAILED.number());
        String field = problem.field() == null ? "" : " (" + problem.field() + ")";
        return new Failure(
                String.valueOf(problem.kind()),
                sentence(problem.detail() + field) + " " + sentence(problem.advice()),
                exitCode);
    }

    private static String io(IOException failed) {
        if (failed instanceof NoSuchFileException missing) {
            return "There is no " + missing.getFile() + ". Check the path.";
        }
        if (failed instanceof AccessDeniedException denied) {
            return "This user may not use " + denied.getFile() + ". Check its owner and mode, or run as another user.";
        }
        if (failed instanceof FileAlreadyExistsException there) {
            return "There is a file at " + there.getFile() + " already. Move it away, or name another place.";
        }
        if (failed instanceof FileSystemException disk) {
            return disk.getFile() + ": " + disk.getReason() + ". Check the disk.";
        }
        return text(failed);
    }

    private static String text(Throwable thrown) {
        return thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
    }

    private static String sentence(String text) {
        String trimmed = String.valueOf(text).strip();
        return trimmed.endsWith(".") ? trimmed : trimmed + ".";
    }

    String shown() {
        return "cranny: " + Names.printable(line);
    }
}
