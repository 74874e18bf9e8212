package org.cranny.client.window;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.cranny.client.policy.UsualBackup;
import org.cranny.client.report.Human;
import org.cranny.client.status.Keeping;
import org.cranny.client.status.Standing;

/**
 * The health of this machine's backups: one sentence, and a second that explains it.
 *
 * @param sign how it is shown at a glance
 */
record Health(Sign sign, String sentence, String detail) {
    /** Older than this is not protected: docs/glossary.md, "protected". */
    private static final Duration PROTECTED = Duration.ofDays(3);

    private static final int ENOUGH_COPIES = 2;

    /** Each has a form of its own, so that its colour is not the only sign. */
    enum Sign {
        GOOD,
        LOOK,
        BAD,
        NONE
    }

    /** @param keeping empty while it is not known */
    static Health of(Standing standing, Optional<Keeping> keeping, People people) {
        Optional<Standing.Newest> newest = standing.newest();
        if (newest.isEmpty()) {
            boolean told = standing.basis() != UsualBackup.Basis.NOBODY;
            return new Health(
                    Sign.NONE, Words.say("health.none"), Words.say(told ? "health.none.told" : "health.none.choose"));
        }
        Instant ended = newest.get().ended();
        String last = keeping.filter(known -> !standing.together())
                .map(known -> Words.say(
                        "health.last.where",
                        people.time(ended),
                        Human.count(known.machines(), Words.say("noun.machine"))))
                .orElseGet(() -> Words.say("health.last", people.time(ended)));
        Duration age = Duration.between(ended, people.now());
        if (age.compareTo(PROTECTED) > 0) {
            return new Health(Sign.BAD, Words.say("health.old", Human.count(age.toDays(), "day")), last);
        }
        if (keeping.isPresent() && keeping.get().fewestCopies() < ENOUGH_COPIES) {
            return new Health(Sign.LOOK, Words.say("health.few"), last);
        }
        if (!standing.newestIsKnown()) {
            return new Health(Sign.LOOK, Words.say("health.unknown"), last + " " + Words.say("health.unknown.detail"));
        }
        return new Health(Sign.GOOD, Words.say("health.good"), last);
    }
}
