package org.cranny.central.job;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.cranny.protocol.job.AgentHold;
import org.cranny.protocol.job.JobClaim;
import org.cranny.protocol.job.JobProgress;
import org.cranny.protocol.job.JobResult;
import org.cranny.protocol.job.JobState;
import org.cranny.protocol.job.JobWarning;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;

/** Refuses reports that no agent makes, and says which member is wrong. */
final class Results {
    private static final int LONGEST = 20_000;
    private static final int MOST_MEMBERS = 40;
    private static final int MOST_EXIT_CODE = 255;

    private Results() {}

    static void check(JobClaim claim) {
        need(
                claim.agent() != null && claim.agent().matches("[0-9a-f]{32}"),
                "agent",
                "an agent's name is 32 hexadecimal digits");
        if (claim.hold() != null) {
            check(claim.hold());
        }
    }

    private static void check(AgentHold hold) {
        need(
                hold.kind() != null && hold.kind().matches("[A-Z_]{1,20}"),
                "hold.kind",
                "a kind is up to 20 capital letters");
        need(hold.since() != null, "hold.since", "it began at some time");
    }

    static void check(JobProgress report) {
        long least = Math.min(
                Math.min(report.files(), report.filesTotal()),
                Math.min(
                        Math.min(report.bytes(), report.bytesTotal()),
                        Math.min(
                                Math.min(report.storedBytes(), report.warnings()),
                                Math.min(
                                        report.bytesPerSecond(),
                                        report.secondsLeft() == null ? 0 : report.secondsLeft()))));
        need(least >= 0, "progress", "progress is never negative");
    }

    /** How the job ends, WAITING for not at all. */
    static JobState check(JobResult result) {
        JobState how = Arrays.stream(JobState.values())
                .filter(state -> state != JobState.RUNNING && state.name().equals(result.state()))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        Problem.ofField("state", "a job ends DONE, FAILED or CANCELLED, or is WAITING again")));
        need(result.exitCode() >= 0 && result.exitCode() <= MOST_EXIT_CODE, "exitCode", "it is 0 to 255");
        need(result.warnings() >= 0, "warnings", "they are counted from 0");
        need(fits(result.message()), "message", "a message has at most " + LONGEST + " characters");
        List<JobWarning> examples = result.examples() == null ? List.of() : result.examples();
        need(
                examples.size() <= JobResult.MOST_EXAMPLES
                        && examples.stream().allMatch(each -> fits(each.path()) && fits(each.message())),
                "examples",
                "there are at most " + JobResult.MOST_EXAMPLES + " examples");
        Map<String, Object> summary = result.summary() == null ? Map.of() : result.summary();
        need(
                summary.size() <= MOST_MEMBERS && summary.values().stream().allMatch(Results::isPlain),
                "summary",
                "a summary is flat: numbers, texts and yes or no");
        return how;
    }

    private static boolean isPlain(Object value) {
        return value == null
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof String text && text.length() <= 200;
    }

    private static boolean fits(String text) {
        return text == null || text.length() <= LONGEST;
    }

    private static void need(boolean right, String field, String detail) {
        if (!right) {
            throw new ProblemException(Problem.ofField(field, detail));
        }
    }
}
