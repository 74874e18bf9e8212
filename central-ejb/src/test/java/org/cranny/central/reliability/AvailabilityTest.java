package org.cranny.central.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class AvailabilityTest {
    private static final long HOUR = 3_600;

    /** A Monday, 00:00 UTC. */
    private static final long MONDAY = 1_893_456_000 - 24 * HOUR;

    private final Profile profile = new Profile();

    @Test
    void twoDaysAreNeededToKnowAnything() {
        watch(47, hour -> 1);
        assertEquals(Availability.UNKNOWN, Availability.of(profile, Availability.UNKNOWN));
        watch(49, hour -> 1);
        assertEquals(Availability.ALWAYS, Availability.of(profile, Availability.UNKNOWN));
    }

    @Test
    void alwaysIsLeftLaterThanItIsEntered() {
        watch(336, hour -> 0.93);
        assertEquals(Availability.SOMETIMES, Availability.of(profile, Availability.SOMETIMES));
        assertEquals(Availability.ALWAYS, Availability.of(profile, Availability.ALWAYS));
    }

    @Test
    void officeHoursAreRecognizedAndComingAndGoingIsNot() {
        watch(336, AvailabilityTest::office);
        assertEquals(Availability.OFFICE, Availability.of(profile, Availability.UNKNOWN));
        Profile erratic = new Profile();
        for (int hour = 0; hour < 336; hour++) {
            erratic.add(hour % 3 == 0 ? 1 : 0.4, HOUR, MONDAY + hour * HOUR);
        }
        assertEquals(Availability.SOMETIMES, Availability.of(erratic, Availability.UNKNOWN));
    }

    @Test
    void weeksFadeSoThatAMachineMayChangeItsHabits() {
        watch(3 * 168, hour -> 1);
        for (int hour = 3 * 168; hour < 9 * 168; hour++) {
            profile.add(office(hour % 168), HOUR, MONDAY + hour * HOUR);
        }
        assertEquals(Availability.OFFICE, Availability.of(profile, Availability.ALWAYS));
        assertTrue(profile.share(3) < 0.2, "Monday night");
    }

    @Test
    void hoursAreThoseOfTheWeekFromMondayOn() {
        assertEquals(0, Profile.hourOfWeek(MONDAY / HOUR));
        profile.add(0.25, HOUR, MONDAY + 26 * HOUR);
        assertEquals(0.25, profile.share(26), 1e-6);
        assertNull(profile.share(25));
    }

    @Test
    void octetsGiveTheSameProfile() {
        watch(200, AvailabilityTest::office);
        Profile read = new Profile(profile.octets(), profile.newestHour());
        assertEquals(profile.share(), read.share(), 1e-9);
        assertEquals(profile.watched(), read.watched(), 1e-9);
        assertEquals(profile.share(33), read.share(33));
    }

    private static double office(int hourOfWeek) {
        return hourOfWeek / 24 < 5 && hourOfWeek % 24 >= 8 && hourOfWeek % 24 < 18 ? 1 : 0;
    }

    private void watch(int hours, IntToDoubleFunction share) {
        for (int hour = 0; hour < hours; hour++) {
            profile.add(share.applyAsDouble(hour % 168), HOUR, MONDAY + hour * HOUR);
        }
    }
}
