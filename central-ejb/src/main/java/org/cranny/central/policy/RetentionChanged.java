package org.cranny.central.policy;

import java.util.List;
import java.util.stream.Stream;
import org.cranny.protocol.policy.Policy;

/**
 * News: snapshots of these sources may be forgotten sooner than before. Told within the transaction that writes it down.
 *
 * @param scope whose policy was changed, for example {@code group laptops}
 * @param systems numbers, or null for all
 * @param before null when nothing was set there
 * @param after null when nothing is set there any more
 */
public record RetentionChanged(
        String actor, String scope, List<Long> systems, Policy.Retention before, Policy.Retention after) {

    /** Whether less may be kept: unless each number that changed was raised, as nobody knows what a wider scope says. */
    static boolean mayKeepLess(Policy.Retention before, Policy.Retention after) {
        List<Integer> had = numbers(before);
        List<Integer> has = numbers(after);
        for (int i = 0; i < had.size(); i++) {
            boolean same = had.get(i).equals(has.get(i));
            boolean raised = had.get(i) >= 0 && has.get(i) > had.get(i);
            if (!same && !raised) {
                return true;
            }
        }
        return false;
    }

    /** Whether less may be kept of one system. @param before and after all that holds for it; null when everything is kept */
    static boolean mayKeepLessNow(Policy.Retention before, Policy.Retention after) {
        boolean all = numbers(after).stream().allMatch(number -> number < 0);
        return !all && mayKeepLess(before, after);
    }

    private static List<Integer> numbers(Policy.Retention rules) {
        Policy.Retention set = rules == null ? new Policy.Retention(null, null, null, null, null, null, null) : rules;
        return Stream.of(
                        set.last(),
                        set.hourly(),
                        set.daily(),
                        set.weekly(),
                        set.monthly(),
                        set.yearly(),
                        set.withinDays())
                .map(number -> number == null ? -1 : number)
                .toList();
    }
}
