package org.cranny.central.system;

import java.util.ArrayList;
import java.util.List;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;

/**
 * How much is to be lent at most. Whatever is null limits nothing beyond what was said at the machine.
 *
 * @param quotaBytes the most that is lent, in octets
 * @param quotaPercent the same as a share of the file system; the lesser counts
 * @param keepFreeBytes what stays free for the owner, in octets
 * @param keepFreePercent the same as a share of the file system; the greater counts
 */
public record LendingRequest(Long quotaBytes, Double quotaPercent, Long keepFreeBytes, Double keepFreePercent) {
    private static final double WHOLE = 100;

    /** @throws ProblemException BAD_REQUEST with the member that is wrong */
    void check() {
        bytes("quotaBytes", quotaBytes);
        bytes("keepFreeBytes", keepFreeBytes);
        share("quotaPercent", quotaPercent);
        share("keepFreePercent", keepFreePercent);
    }

    private static void bytes(String field, Long value) {
        if (value != null && value < 0) {
            throw new ProblemException(Problem.ofField(field, "a size is never negative: " + value));
        }
    }

    private static void share(String field, Double value) {
        if (value != null && !(value >= 0 && value <= WHOLE)) {
            throw new ProblemException(Problem.ofField(field, "a share of the disk is from 0 to 100: " + value));
        }
    }

    /** For the log. */
    String said() {
        List<String> parts = new ArrayList<>();
        add(parts, "at most ", quotaBytes, " octets");
        add(parts, "at most ", quotaPercent, " % of the disk");
        add(parts, "", keepFreeBytes, " octets free");
        add(parts, "", keepFreePercent, " % of the disk free");
        return parts.isEmpty() ? "as was said at the machine" : String.join(", ", parts);
    }

    private static void add(List<String> parts, String before, Number value, String after) {
        if (value != null) {
            parts.add(before + value + after);
        }
    }
}
