package org.cranny.client.window;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cranny.client.owner.OwnNews.Event;
import org.cranny.client.owner.OwnNews.Kind;
import org.cranny.client.owner.OwnRates;
import org.cranny.client.policy.UsualBackup.Basis;
import org.cranny.client.status.Standing;
import org.junit.jupiter.api.Test;

class NoticesTest {
    private static final Instant NOW = Instant.parse("2026-11-27T13:00:00Z");

    private final Notices notices = new Notices(NOW);

    @Test
    void theFirstBackupIsToldOnce() {
        assertEquals(List.of(), told(NOW, null));
        assertEquals(List.of("Your first backup is done."), told(NOW.plusSeconds(60), NOW.plusSeconds(50)));
        assertEquals(List.of(), told(NOW.plusSeconds(120), NOW.plusSeconds(110)));
    }

    @Test
    void whatWasThereAlreadyIsNoNews() {
        assertEquals(List.of(), told(NOW, NOW.minusSeconds(60), failed(-50), failed(-40), event(Kind.RESTORED, -30)));
    }

    @Test
    void oneFailureBothersNobodyTwoDoOnceADay() {
        Instant newest = NOW.minusSeconds(60);
        assertEquals(List.of(), told(NOW.plusSeconds(2), newest, failed(1)));
        assertEquals(
                List.of("Backing up failed twice. No host."), told(NOW.plusSeconds(4), newest, failed(1), failed(3)));
        assertEquals(List.of(), told(NOW.plusSeconds(8), newest, failed(1), failed(3), failed(7)));
        assertEquals(
                List.of("Backing up failed twice. No host."),
                told(NOW.plus(Duration.ofDays(1)).plusSeconds(10), newest, failed(1), failed(3), failed((int)
                        Duration.ofDays(1).toSeconds())));
    }

    @Test
    void afterABackupFailuresAreForgotten() {
        assertEquals(
                List.of(), told(NOW.plusSeconds(9), NOW, failed(1), failed(2), event(Kind.BACKED_UP, 3), failed(4)));
    }

    @Test
    void anOldBackupIsToldOnceADay() {
        Instant newest = NOW.minus(Duration.ofDays(4));
        assertEquals(List.of("Your last backup is 4 days old. Open Cranny to see why."), told(NOW, newest));
        assertEquals(List.of(), told(NOW.plus(Duration.ofHours(23)), newest));
        assertEquals(1, told(NOW.plus(Duration.ofHours(24)), newest).size());
    }

    @Test
    void whatOthersDoWithTheMachineIsTold() {
        Event restored = new Event(Kind.RESTORED, NOW.plusSeconds(1), "3 files, 12 B");
        assertEquals(
                List.of(
                        "Your administrator brought files back: 3 files, 12 B.",
                        "This machine was told to take the place of a lost one."),
                told(NOW.plusSeconds(5), NOW, restored, event(Kind.RECOVERY, 2)));
    }

    private static Event failed(int seconds) {
        return event(Kind.FAILED, seconds);
    }

    private static Event event(Kind kind, int seconds) {
        return new Event(kind, NOW.plusSeconds(seconds), "No host.");
    }

    /** @param newest when the newest backup ended, null for none */
    private List<String> told(Instant now, Instant newest, Event... news) {
        Standing standing = new Standing(
                "lap",
                7,
                List.of(),
                1,
                Optional.ofNullable(newest).map(ended -> new Standing.Newest(ended, 1, 1)),
                true,
                Basis.OWNER,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                new Standing.Own(Optional.empty(), OwnRates.Rates.NONE, Map.of()),
                Arrays.asList(news));
        return notices.of(standing, now).stream().map(Notices.Notice::text).toList();
    }
}
