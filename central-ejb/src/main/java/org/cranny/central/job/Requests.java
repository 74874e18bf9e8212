package org.cranny.central.job;

import java.util.EnumSet;
import java.util.Set;
import org.cranny.protocol.job.JobKind;
import org.cranny.protocol.job.JobOrder;
import org.cranny.protocol.job.JobRequest;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/** Refuses wishes that cannot be meant, and says which member is wrong. */
final class Requests {
    private static final int LONGEST_REASON = 200;

    /** All but what a recovery orders. */
    private static final Set<JobKind> ASKED_FOR = EnumSet.complementOf(EnumSet.of(JobKind.RECOVER));

    private Requests() {}

    static Wish wish(String actor, long system, JobRequest request) {
        String reason = request.reason();
        if (reason != null
                && (reason.length() > LONGEST_REASON || reason.chars().anyMatch(Character::isISOControl))) {
            throw new ProblemException(Problem.ofField(
                    "reason", "a reason has at most " + LONGEST_REASON + " characters and no control characters"));
        }
        return new Wish(system, JobOrder.of(kind(request.kind()), request.order()), null, actor, reason);
    }

    static Wish allowed(Wish wish, Set<JobKind> kinds) {
        if (!kinds.contains(wish.order().kind())) {
            throw new ProblemException(
                    ProblemKind.NOT_ALLOWED,
                    "A job of kind " + wish.order().kind() + " is for administrators to order.");
        }
        return wish;
    }

    static void checkPaths(JobOrder order, long paths) {
        if (paths > 0 && !order.kind().takesPaths()) {
            throw new ProblemException(Problem.ofField("paths", "a job of kind " + order.kind() + " takes no paths"));
        }
        if (paths == 0 && order.kind() == JobKind.BACKUP) {
            throw new ProblemException(
                    Problem.ofField("paths", "a backup needs paths; RUN_NOW backs up what the system usually does"));
        }
    }

    static String described(JobRow row, Wish wish) {
        String reason = wish.reason() == null ? "" : ": " + wish.reason();
        return row.kind() + " for system " + wish.system() + reason;
    }

    private static JobKind kind(String name) {
        return ASKED_FOR.stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.ofField("kind", "a kind is one of " + ASKED_FOR)));
    }
}
