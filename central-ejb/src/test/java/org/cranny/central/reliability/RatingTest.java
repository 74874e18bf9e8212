package org.cranny.central.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RatingTest {
    private static final long HOUR = 3_600;
    private static final long HALF_LIFE = 72 * HOUR;
    private static final long START = 1_900_000_000;

    @Test
    void newcomerIsTakenForGoodUntilItProvesOtherwise() {
        assertEquals(0.9, Rating.of(new Fading(), HALF_LIFE), 1e-9);
        assertTrue(Rating.of(seen(1, 24), HALF_LIFE) > 0.97);
        assertTrue(Rating.of(seen(0, 1), HALF_LIFE) > 0.75, "one bad hour does not condemn");
        assertTrue(Rating.of(seen(0, 24), HALF_LIFE) < 0.25);
    }

    @Test
    void whatWasSeenFadesWithTimeAndNotWithTheNumberOfLooks() {
        Fading fading = seen(0, 72);
        double before = Rating.of(fading, HALF_LIFE);
        fading.add(1, HOUR, START + 720 * HOUR, HALF_LIFE);
        assertTrue(before < 0.15);
        assertTrue(Rating.of(fading, HALF_LIFE) > 0.85, "thirty days later the bad days hardly count");
    }

    @Test
    void lateLooksCountAsIfTheyHadComeInTime() {
        Fading inTime = new Fading();
        inTime.add(0, HOUR, START, HALF_LIFE);
        inTime.add(1, HOUR, START + 48 * HOUR, HALF_LIFE);
        Fading late = new Fading();
        late.add(1, HOUR, START + 48 * HOUR, HALF_LIFE);
        late.add(0, HOUR, START, HALF_LIFE);
        assertEquals(Rating.of(inTime, HALF_LIFE), Rating.of(late, HALF_LIFE), 1e-9);
    }

    @Test
    void stepsAreCoarseAndNoiseDoesNotMoveThem() {
        double published = 0.9;
        for (double rating : new double[] {0.89, 0.93, 0.87, 0.939, 0.861}) {
            assertEquals(published, Rating.step(published, rating));
        }
        assertEquals(0.95, Rating.step(0.9, 0.94));
        assertEquals(0.85, Rating.step(0.9, 0.86));
        assertEquals(0.5, Rating.step(0.9, 0.512));
        assertEquals(1.0, Rating.step(0.95, 0.991));
        assertEquals(0.0, Rating.step(0.2, 0.01));
    }

    @Test
    void whereOneSideDidNotLookTheOtherDecides() {
        assertEquals(0.75, Rating.share(1, 0.5));
        assertEquals(0.5, Rating.share(Double.NaN, 0.5));
        assertEquals(1, Rating.share(1, Double.NaN));
        assertTrue(Double.isNaN(Rating.share(Double.NaN, Double.NaN)));
    }

    private static Fading seen(double share, int hours) {
        Fading fading = new Fading();
        for (int hour = 0; hour < hours; hour++) {
            fading.add(share, HOUR, START + hour * HOUR, HALF_LIFE);
        }
        return fading;
    }
}
