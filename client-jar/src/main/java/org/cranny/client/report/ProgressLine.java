package org.cranny.client.report;

import java.util.ArrayList;
import java.util.List;

/** One line that says how far it is; what does not fit is left out, the least important first. */
final class ProgressLine {
    private static final int BAR = 20;

    private ProgressLine() {}

    /** For a terminal: a bar, and no more than {@code columns} characters. */
    static String bar(String what, Counts counts, Pace pace, int columns) {
        List<String> parts = parts(counts, pace);
        String start = what + " " + drawn(counts.share());
        while (!parts.isEmpty() && length(start, parts) >= columns) {
            parts.remove(parts.size() - 1);
        }
        String line = start + joined(parts);
        return line.length() < columns ? line : line.substring(0, Math.max(0, columns - 1));
    }

    /** For a file or a pipe. */
    static String plain(String what, Counts counts, Pace pace) {
        String percent = counts.share() < 0 ? "" : " " + percent(counts.share());
        return what + percent + joined(parts(counts, pace));
    }

    private static List<String> parts(Counts counts, Pace pace) {
        List<String> parts = new ArrayList<>();
        String of = counts.bytesTotal() > 0 ? " of " + Human.bytes(counts.bytesTotal()) : "";
        parts.add(Human.bytes(counts.bytes()) + of);
        pace.secondsLeft().ifPresent(seconds -> parts.add(Human.duration(seconds) + " left"));
        if (pace.bytesPerSecond() >= 1) {
            parts.add(Human.rate(pace.bytesPerSecond()));
        }
        String ofFiles = counts.filesTotal() > 0 ? " of " + Human.count(counts.filesTotal()) : "";
        if (counts.files() > 0 || !ofFiles.isEmpty()) {
            parts.add(Human.count(counts.files()) + ofFiles + " files");
        }
        if (counts.warnings() > 0) {
            parts.add(Human.count(counts.warnings(), "warning"));
        }
        return parts;
    }

    private static String drawn(double share) {
        if (share < 0) {
            return "[" + "·".repeat(BAR) + "]    ";
        }
        int full = (int) (share * BAR);
        return "[" + "█".repeat(full) + "·".repeat(BAR - full) + "] " + percent(share);
    }

    private static String percent(double share) {
        return (int) (share * 100) + " %";
    }

    private static int length(String start, List<String> parts) {
        return start.length() + joined(parts).length();
    }

    private static String joined(List<String> parts) {
        return parts.isEmpty() ? "" : "  " + String.join("  ", parts);
    }
}
