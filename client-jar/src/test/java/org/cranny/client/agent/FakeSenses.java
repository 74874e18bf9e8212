package org.cranny.client.agent;

import java.util.OptionalInt;
import org.cranny.client.guest.Senses;
import org.cranny.client.power.Power;

/** A machine of which a test says how it is. */
final class FakeSenses implements Senses {
    volatile boolean onBattery;
    volatile boolean metered;

    @Override
    public Power power() {
        return new Power(onBattery, OptionalInt.of(80));
    }

    @Override
    public boolean metered() {
        return metered;
    }

    @Override
    public boolean inUse() {
        return false;
    }
}
