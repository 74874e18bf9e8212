package org.cranny.web.pages.overview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.cranny.central.system.Coverage;
import org.junit.jupiter.api.Test;

/** A new realm is led from one step to the next. */
class FirstStepTest {
    @Test
    void oneStepIsNextUntilAllAreDone() {
        assertEquals("programs", next(realm(0, 0, 0), false));
        assertEquals("host", next(realm(0, 0, 0), true));
        assertEquals("hosts", next(realm(0, 0, 1), true));
        assertEquals("hosts", next(realm(2, 2, 2), true));
        assertEquals("policy", next(realm(3, 3, 3), true, false));
        assertEquals("backup", next(realm(3, 3, 3), true));
        assertEquals("", next(realm(3, 2, 3), true));
    }

    @Test
    void hostsThatCameOtherwiseNeedNoProgramsOfCentral() {
        assertEquals("hosts", next(realm(0, 0, 1), false));
    }

    @Test
    void eachHasItsWords() {
        FirstStep.of(realm(0, 0, 0), false, false)
                .forEach(each -> assertFalse(each.title().isBlank()));
    }

    private static String next(Coverage coverage, boolean installing) {
        return next(coverage, installing, true);
    }

    private static String next(Coverage coverage, boolean installing, boolean policy) {
        List<FirstStep> now = FirstStep.of(coverage, installing, policy).stream()
                .filter(FirstStep::now)
                .toList();
        return now.isEmpty() ? "" : now.get(0).name();
    }

    private static Coverage realm(long sources, long never, long hosts) {
        return new Coverage(sources, 0, never, hosts, hosts, 0, 0, 0);
    }
}
