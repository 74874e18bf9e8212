package org.cranny.client.cli.admin;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.cranny.client.report.Names;

/** What central says of a host's lending, in sentences. */
final class LendingText {
    private LendingText() {}

    static String of(JsonObject lending) {
        String sentence =
                "Host " + Answers.text(lending, "host") + ", " + Names.printable(Answers.text(lending, "name"))
                        + ", lends at most " + Answers.bytes(lending, "lentBytes") + " of "
                        + Answers.bytes(lending, "diskBytes") + ", keeps " + Answers.bytes(lending, "keptBytes")
                        + " and takes " + Answers.bytes(lending, "leftBytes") + " more.";
        if (lending.get("keepFreeBytes") instanceof JsonNumber) {
            sentence +=
                    " " + Answers.bytes(lending, "keepFreeBytes") + " stay free for its owner; at the machine at most "
                            + Answers.bytes(lending, "ownBytes") + " were said.";
        }
        return sentence + asked(lending);
    }

    private static String asked(JsonObject lending) {
        if (!(lending.get("asked") instanceof JsonObject asked)) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        add(parts, "at most ", Answers.bytes(asked, "quotaBytes"), "");
        add(parts, "at most ", Answers.text(asked, "quotaPercent"), " % of the disk");
        add(parts, "", Answers.bytes(asked, "keepFreeBytes"), " free");
        add(parts, "", Answers.text(asked, "keepFreePercent"), " % free");
        return " Asked for here by " + Names.printable(Answers.text(asked, "by")) + " on " + Answers.time(asked, "when")
                + ": " + (parts.isEmpty() ? "as was said at the machine" : String.join(", ", parts)) + "; "
                + standing(lending.getString("standing"));
    }

    private static void add(List<String> parts, String before, String value, String after) {
        if (!value.isEmpty()) {
            parts.add(before + value + after);
        }
    }

    private static String standing(String standing) {
        return switch (standing) {
            case "ASKED" -> "its daemon has not taken it over yet.";
            case "NOT_FOLLOWED" -> "its daemon is too old to take it over.";
            case "TAKEN_OVER" -> "taken over, what is too much is going.";
            default -> "done.";
        };
    }
}
