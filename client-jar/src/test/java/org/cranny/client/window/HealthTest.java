package org.cranny.client.window;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cranny.client.owner.OwnRates;
import org.cranny.client.policy.UsualBackup.Basis;
import org.cranny.client.status.Keeping;
import org.cranny.client.status.Standing;
import org.cranny.protocol.masterfile.Host;
import org.junit.jupiter.api.Test;

class HealthTest {
    private static final Instant NOW = Instant.parse("2026-11-27T13:00:00Z");
    private static final Standing.Own OWN = new Standing.Own(Optional.empty(), OwnRates.Rates.NONE, Map.of());

    private final People people = new People(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void allIsWellWhenTheNewestIsYoungAndKeptTwice() {
        Health health = Health.of(standing(Duration.ofHours(1), true), keeping(2), people);
        assertEquals(
                new Health(Health.Sign.GOOD, "Everything is backed up.", "Last time today at 12:00, on 2 machines."),
                health);
    }

    @Test
    void whereItIsIsLeftOutWhileItIsNotKnown() {
        assertEquals(
                "Last time today at 12:00.",
                Health.of(standing(Duration.ofHours(1), true), Optional.empty(), people)
                        .detail());
    }

    @Test
    void hostsThatAreOneMachineAreNotCountedAsMachines() {
        assertEquals(
                "Last time today at 12:00.",
                Health.of(standing(Duration.ofHours(1), true, true), keeping(2), people)
                        .detail());
    }

    @Test
    void threeDaysAreProtectedAndASecondMoreIsNot() {
        Duration most = Duration.ofDays(3);
        assertEquals(Health.Sign.GOOD, sign(standing(most, true), keeping(2)));
        Health old = Health.of(standing(most.plusSeconds(1), true), keeping(2), people);
        assertEquals(Health.Sign.BAD, old.sign());
        assertEquals("The last backup is 3 days old.", old.sentence());
    }

    @Test
    void oneCopyIsTooFew() {
        assertEquals(Health.Sign.LOOK, sign(standing(Duration.ZERO, true), keeping(1)));
    }

    @Test
    void saysWhenCentralDoesNotKnowTheNewest() {
        Health health = Health.of(standing(Duration.ZERO, false), keeping(2), people);
        assertEquals(Health.Sign.LOOK, health.sign());
        assertEquals("Backed up, but central does not know it yet.", health.sentence());
    }

    @Test
    void beforeTheFirstBackupItSaysWhatToDo() {
        assertEquals(
                "Choose your folders first, then back them up.",
                Health.of(nothing(Basis.NOBODY), Optional.empty(), people).detail());
        assertEquals(Health.Sign.NONE, sign(nothing(Basis.POLICY), Optional.empty()));
    }

    private Health.Sign sign(Standing standing, Optional<Keeping> keeping) {
        return Health.of(standing, keeping, people).sign();
    }

    private static Optional<Keeping> keeping(int copies) {
        Keeping.Line line = new Keeping.Line("ws-1", 10, Host.State.ACCEPTING);
        return Optional.of(new Keeping(List.of(line, line), copies));
    }

    private static Standing nothing(Basis basis) {
        return new Standing(
                "lap",
                7,
                List.of(),
                0,
                Optional.empty(),
                true,
                basis,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                OWN,
                List.of());
    }

    private static Standing standing(Duration age, boolean known) {
        return standing(age, known, false);
    }

    private static Standing standing(Duration age, boolean known, boolean together) {
        Instant ended = NOW.minus(age);
        return new Standing(
                "lap",
                7,
                List.of(),
                1,
                Optional.of(new Standing.Newest(ended, 4, 10)),
                known,
                Basis.OWNER,
                List.of("/home/ann"),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                together,
                Optional.empty(),
                OWN,
                List.of());
    }
}
