package org.cranny.central.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.cranny.protocol.heartbeat.Seen.Outcome;
import org.junit.jupiter.api.Test;

class SlotTest {
    private static final long VICTIM = 50;
    private static final long OTHER = 51;

    private final Slot slot = new Slot(0);

    @Test
    void peersWeighAsFractionsHoweverOftenTheyLook() {
        for (int i = 0; i < 1_000; i++) {
            look(2, VICTIM, false);
        }
        look(2, OTHER, true);
        for (long peer = 3; peer <= 6; peer++) {
            look(peer, VICTIM, true);
        }
        assertEquals(0.8, verdict(VICTIM).peers(), 1e-9);
    }

    @Test
    void centralsViewIsHalfOfIt() {
        look(Slot.CENTRAL, VICTIM, true);
        look(Slot.REPORTS, VICTIM, true);
        for (long peer = 2; peer <= 5; peer++) {
            look(peer, VICTIM, peer < 4);
            look(peer, OTHER, true);
        }
        assertEquals(new Verdict(1, 0.5), verdict(VICTIM));
        assertEquals(0.75, verdict(VICTIM).share());
    }

    @Test
    void whoReachesNobodyIsSetAsideWhenOthersDo() {
        look(2, VICTIM, false);
        look(2, OTHER, false);
        look(3, VICTIM, true);
        assertEquals(1, verdict(VICTIM).peers());
        assertTrue(Double.isNaN(verdict(OTHER).peers()), "nobody else looked there");
    }

    @Test
    void whoReachesNobodyIsBelievedWhenNobodyElseDoes() {
        for (long peer = 2; peer <= 3; peer++) {
            look(peer, VICTIM, false);
            look(peer, OTHER, false);
        }
        assertEquals(0, verdict(VICTIM).peers());
    }

    @Test
    void whoLookedAtOneHostOnlyIsBelieved() {
        look(2, VICTIM, false);
        look(3, VICTIM, true);
        assertEquals(0.5, verdict(VICTIM).peers());
    }

    @Test
    void reportsThatDidNotComeCountAgainstIt() {
        look(Slot.REPORTS, VICTIM, false);
        look(Slot.CENTRAL, VICTIM, true);
        assertEquals(0.5, verdict(VICTIM).central());
    }

    @Test
    void slotIsReadyWhenItIsOverAndNobodyAddsToItAnyMore() {
        Observations observations = new Observations(300);
        observations.add(VICTIM, 2, Outcome.REACHED, 100, 100);
        assertEquals(List.of(), observations.ready(299, 10));
        observations.add(VICTIM, 3, Outcome.REFUSED, 290, 295);
        assertEquals(List.of(), observations.ready(301, 10));
        Slot ready = observations.ready(305, 10).get(0);
        assertEquals(Map.of(VICTIM, new Verdict(Double.NaN, 0.5)), ready.verdicts());
        assertEquals(List.of(), observations.ready(1_000, 10));
    }

    @Test
    void systemsBeyondTheLimitDoNotFit() {
        assertTrue(Slot.fits(1_000_000_000));
        assertFalse(Slot.fits(1L << 30));
        assertFalse(Slot.fits(-1));
        slot.add((1 << 30) - 1, (1 << 30) - 1, Outcome.WRONG_IDENTITY, 0);
        assertEquals(Map.of((1L << 30) - 1, new Verdict(Double.NaN, 0)), slot.verdicts());
    }

    private void look(long observer, long subject, boolean reached) {
        slot.add(subject, observer, reached ? Outcome.REACHED : Outcome.TIMED_OUT, 0);
    }

    private Verdict verdict(long host) {
        return slot.verdicts().get(host);
    }
}
