package org.cranny.client.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cranny.protocol.policy.EffectivePolicy;
import org.cranny.protocol.policy.Policy;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Instant FIRST = Instant.parse("2030-01-02T02:00:00Z");
    private static final Instant SECOND = Instant.parse("2030-01-03T02:00:00Z");
    private static final Instant THIRD = Instant.parse("2030-01-04T02:00:00Z");

    @Test
    void servesATimeOnceWhenItHasCome() {
        assertEquals(Optional.empty(), due("2030-01-02T01:59:59Z", Instant.EPOCH, null));
        assertEquals(Optional.of(FIRST), due("2030-01-02T02:00:00Z", Instant.EPOCH, null));
        assertEquals(Optional.empty(), due("2030-01-02T02:00:30Z", FIRST, null));
        assertEquals(Optional.of(SECOND), due("2030-01-03T02:01:00Z", FIRST, null));
    }

    @Test
    void whatWasMissedIsServedOnce() {
        assertEquals(Optional.of(SECOND), due("2030-01-03T12:00:00Z", Instant.EPOCH, null));
        assertEquals(Optional.empty(), due("2030-01-03T12:00:00Z", SECOND, null));
    }

    @Test
    void aPolicyMayForbidToCatchUp() {
        Policy.Schedule never = new Policy.Schedule(null, null, null, null, false);
        assertEquals(Optional.empty(), due("2030-01-03T12:00:00Z", FIRST, never));
        assertEquals(Optional.of(SECOND), due("2030-01-03T02:04:00Z", FIRST, never));
    }

    @Test
    void nothingIsCaughtUpWhileTheWindowIsClosed() {
        Policy.Schedule nightly =
                new Policy.Schedule(null, "Europe/Berlin", null, new Policy.Window("22:00", "06:00"), null);
        assertEquals(Optional.empty(), due("2030-01-03T12:00:00Z", FIRST, nightly));
        assertEquals(Optional.of(SECOND), due("2030-01-03T04:59:00Z", FIRST, nightly));
        assertEquals(Optional.empty(), due("2030-01-03T05:00:00Z", FIRST, nightly));
        assertEquals(Optional.of(SECOND), due("2030-01-03T21:00:00Z", FIRST, nightly));
    }

    @Test
    void saysWhatComesNext() {
        assertEquals(Optional.of(SECOND), plan("2030-01-02T02:00:00Z", null).next());
        assertEquals(Optional.empty(), plan("2030-02-02T02:00:00Z", null).next());
        EffectivePolicy nothing = new EffectivePolicy("t", Policy.EMPTY, null, null);
        assertEquals(Optional.empty(), new Plan(nothing, clock("2030-01-01T00:00:00Z")).next());
    }

    private static Optional<Instant> due(String now, Instant served, Policy.Schedule schedule) {
        return plan(now, schedule).due(served);
    }

    private static Plan plan(String now, Policy.Schedule schedule) {
        Policy policy = new Policy(
                null, null, null, null, null, null, null, schedule, null, null, null, null, null, null, null);
        List<Long> due =
                Stream.of(FIRST, SECOND, THIRD).map(Instant::getEpochSecond).toList();
        return new Plan(new EffectivePolicy("t", policy, List.of(), due), clock(now));
    }

    private static Clock clock(String now) {
        return Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
    }
}
