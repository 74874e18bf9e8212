package org.cranny.central.system;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cranny.protocol.heartbeat.Capacity;
import org.cranny.protocol.heartbeat.Heartbeat;
import org.cranny.protocol.heartbeat.LendingTerms;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;

/** Refuses reports that no daemon makes, and says which member is wrong. */
final class Reports {
    private static final Pattern COUNTER = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,39}");
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
                heartbeat.lastReceipt() == null || heartbeat.lastReceipt().matches("[0-9a-f]{64}"),
                "lastReceipt",
                "a receipt's hash is 64 hexadecimal digits");
        if (heartbeat.address() != null) {
            Addresses.check("address", heartbeat.address());
        }
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
