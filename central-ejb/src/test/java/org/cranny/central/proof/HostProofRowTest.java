package org.cranny.central.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a host owes by a clock that jumps. */
class HostProofRowTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final Duration AHEAD = Duration.ofDays(400);
    private static final long A_DAY = 64;

    @Test
    void aJumpAheadCostsNoMoreThanADay() {
        assertEquals(A_DAY, new HostProofRow(1, NOW).owed(NOW.plus(AHEAD), A_DAY));
    }

    @Test
    void oneThatPaidAheadOwesAgainWhenTheClockCameBack() {
        HostProofRow row = new HostProofRow(1, NOW);
        row.paid(NOW.plus(AHEAD));
        assertEquals(A_DAY, row.owed(NOW, A_DAY));
        row.paid(NOW);
        assertEquals(A_DAY / 2, row.owed(NOW.plus(Duration.ofHours(12)), A_DAY));
    }
}
