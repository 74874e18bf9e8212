package org.cranny.central.system;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cranny.protocol.heartbeat.Continuity;
import org.cranny.protocol.heartbeat.Heartbeat;

/**
 * Whether a report can be of the daemon that made the one before, by what that one said and what this one knows of it.
 *
 * <ul>
 *   <li>A daemon that starts again counts one more: fewer starts are an older disk, or another one.
 *   <li>Between two starts every report names those before it: two daemons of one name do not know each other's.
 *   <li>Over starts a daemon knows the receipt that it told last: an older disk does not, however often it was started.
 *   <li>A report that comes late, after a newer one of the same daemon, says nothing.
 *   <li>Central's own memory may end a few reports ago, after a power cut: a report knows several, and those of before
 *       central's start are not asked for. Daemons of before say less, and less is compared.
 * </ul>
 *
 * @param boots starts that it counted
 * @param lastReceipt hash, or null
 * @param reports names of the last reports, the newest last
 */
record Succession(long boots, String lastReceipt, List<String> reports) {
    static final String WENT_BACK = "its daemon counts fewer starts than before: its disk was set back, or copied";
    static final String TWINS = "two daemons report under its name: one runs from a copy of its disk";
    static final String FORGOT =
            "its daemon does not know the receipt that it gave last: its disk was set back to an older state";

    private static final int KEPT = 4;

    static Succession of(long boots, String lastReceipt, String reports) {
        return new Succession(boots, lastReceipt, reports == null ? List.of() : Arrays.asList(reports.split(" ")));
    }

    /** Whether a newer report of the same daemon came before this one. */
    boolean isLate(Heartbeat report) {
        String newest = newest(report);
        int at = newest == null ? -1 : reports.indexOf(newest);
        return at >= 0 && at < reports.size() - 1;
    }

    /** Why this report is not of the same daemon, or null. @param sinceStart whether the last one came since central's start */
    String contradiction(Heartbeat report, boolean sinceStart) {
        if (isLate(report)) {
            return null;
        }
        if (report.boots() < boots) {
            return WENT_BACK;
        }
        Continuity knows = report.continuity();
        if (knows == null) {
            return null;
        }
        if (sinceStart
                && report.boots() == boots
                && !reports.isEmpty()
                && !knows.reports().contains(reports.get(reports.size() - 1))) {
            return TWINS;
        }
        return lastReceipt != null
                        && knows.receipts() != null
                        && !knows.receipts().contains(lastReceipt)
                ? FORGOT
                : null;
    }

    /** Names of reports as they are kept once this one was taken; null for a daemon that names none. */
    String reportsWith(Heartbeat report) {
        String newest = newest(report);
        if (newest == null) {
            return null;
        }
        List<String> all = new ArrayList<>(reports);
        all.remove(newest);
        all.add(newest);
        return String.join(" ", all.subList(Math.max(0, all.size() - KEPT), all.size()));
    }

    private static String newest(Heartbeat report) {
        Continuity knows = report.continuity();
        return knows == null ? null : knows.reports().get(knows.reports().size() - 1);
    }
}
