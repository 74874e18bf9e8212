package org.cranny.central.system;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cranny.protocol.heartbeat.Capacity;
import org.cranny.protocol.heartbeat.Continuity;
import org.cranny.protocol.heartbeat.Heartbeat;
import org.cranny.protocol.heartbeat.LendingTerms;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;

/** Refuses reports that no daemon makes, and says which member is wrong. */
final class Reports {
    private static final Pattern COUNTER = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,39}");
    private static final Pattern RECEIPT = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern REPORT = Pattern.compile("[0-9a-f]{16}");
    private static final int MOST_COUNTERS = 50;

    private Reports() {}

    static void check(Heartbeat heartbeat) {
        Capacity capacity = heartbeat.capacity();
        need(capacity != null, "capacity", "a report needs the capacity");
        need(
                capacity.diskBytes() >= 0
                        && capacity.diskFreeBytes() >= 0
                        && capacity.quotaBytes() >= 0
                        && capacity.keptBytes() >= 0
                        && capacity.availableBytes() >= 0
                        && capacity.fragments() >= 0,
                "capacity",
                "a capacity is never negative");
        LendingTerms terms = heartbeat.lending();
        need(
                terms == null || terms.limit() >= 0 && terms.ownQuotaBytes() >= 0 && terms.keepFreeBytes() >= 0,
                "lending",
                "what is lent is never negative");
        need(heartbeat.boots() >= 0, "boots", "starts are counted from 0");
        need(fits(heartbeat.version(), 60), "version", "a version has at most 60 printable characters");
        need(
                heartbeat.lastReceipt() == null
                        || RECEIPT.matcher(heartbeat.lastReceipt()).matches(),
                "lastReceipt",
                "a receipt's hash is 64 hexadecimal digits");
        check(heartbeat.continuity());
        if (heartbeat.address() != null) {
            Addresses.check("address", heartbeat.address());
        }
    }

    private static void check(Continuity continuity) {
        need(
                continuity == null
                        || isList(continuity.reports(), REPORT)
                                && !continuity.reports().isEmpty()
                                && (continuity.receipts() == null || isList(continuity.receipts(), RECEIPT)),
                "continuity",
                "reports are named by 16 hexadecimal digits, receipts by 64, and there are at most " + Continuity.MOST);
    }

    private static boolean isList(List<String> entries, Pattern each) {
        return entries != null
                && entries.size() <= Continuity.MOST
                && entries.stream()
                        .allMatch(entry -> entry != null && each.matcher(entry).matches());
    }

    static String text(Map<String, Long> counters) {
        if (counters == null) {
            return "";
        }
        need(counters.size() <= MOST_COUNTERS, "counters", "there are at most 50 counters");
        counters.forEach((name, count) -> need(
                COUNTER.matcher(name).matches() && count != null,
                "counters",
                "a counter has a plain name and a number"));
        return new TreeMap<>(counters)
                .entrySet().stream()
                        .map(counter -> counter.getKey() + "=" + counter.getValue())
                        .collect(Collectors.joining(" "));
    }

    private static boolean fits(String text, int length) {
        return text == null || text.length() <= length && text.chars().allMatch(c -> c >= ' ' && c < 127);
    }

    private static void need(boolean right, String field, String detail) {
        if (!right) {
            throw new ProblemException(Problem.ofField(field, detail));
        }
    }
}
