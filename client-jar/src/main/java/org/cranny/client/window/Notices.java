package org.cranny.client.window;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.cranny.client.guest.Guest;
import org.cranny.client.owner.OwnNews;
import org.cranny.client.owner.OwnNews.Kind;
import org.cranny.client.status.Standing;

/**
 * Decides what an owner is told without having asked. Quiet by default: only what is good to know once, or needs somebody,
 * and each kind once a day at most.
 */
final class Notices {
    private static final Duration DAY = Duration.ofDays(1);
    private static final int OFTEN = 2;

    /** What is told of. */
    enum Subject {
        FIRST,
        FAILED,
        OLD,
        RESTORED,
        RECOVERY
    }

    /** @param serious whether somebody should do something about it */
    record Notice(Subject subject, String text, boolean serious) {}

    private final Map<Subject, Instant> told = new EnumMap<>(Subject.class);
    private final Instant begun;
    private Boolean hadNone;

    /** @param begun what happened before is old news */
    Notices(Instant begun) {
        this.begun = begun;
    }

    /** What should be told now; whoever asks tells it. */
    List<Notice> of(Standing now, Instant time) {
        List<Notice> found = new ArrayList<>();
        boolean none = now.newest().isEmpty();
        if (Boolean.TRUE.equals(hadNone) && !none) {
            found.add(new Notice(Subject.FIRST, Words.say("notice.first"), false));
        }
        hadNone = none;
        now.newest()
                .map(newest -> Duration.between(newest.ended(), time))
                .filter(age -> age.compareTo(Guest.LATE) > 0)
                .ifPresent(age -> found.add(new Notice(Subject.OLD, Words.say("notice.old", age.toDays()), true)));
        happened(now.news(), found);
        return found.stream().filter(notice -> first(notice.subject(), time)).toList();
    }

    private void happened(List<OwnNews.Event> news, List<Notice> found) {
        int failures = 0;
        for (OwnNews.Event event : news) {
            failures = event.kind() == Kind.FAILED ? failures + 1 : event.kind() == Kind.BACKED_UP ? 0 : failures;
            boolean fresh = event.when().isAfter(told.getOrDefault(subject(event.kind()), begun));
            if (fresh && event.kind() == Kind.FAILED && failures >= OFTEN) {
                found.add(new Notice(Subject.FAILED, Words.say("notice.failed", event.text()), true));
            } else if (fresh && event.kind() == Kind.RESTORED) {
                found.add(new Notice(Subject.RESTORED, Words.say("notice.restored", event.text()), false));
            } else if (fresh && event.kind() == Kind.RECOVERY) {
                found.add(new Notice(Subject.RECOVERY, Words.say("notice.recovery"), true));
            }
        }
        if (failures < OFTEN) {
            found.removeIf(notice -> notice.subject() == Subject.FAILED);
        }
    }

    private static Subject subject(Kind kind) {
        return switch (kind) {
            case FAILED, BACKED_UP -> Subject.FAILED;
            case RESTORED -> Subject.RESTORED;
            case RECOVERY -> Subject.RECOVERY;
        };
    }

    private boolean first(Subject subject, Instant time) {
        Instant before = told.get(subject);
        if (before != null && Duration.between(before, time).compareTo(DAY) < 0) {
            return false;
        }
        told.put(subject, time);
        return true;
    }
}
