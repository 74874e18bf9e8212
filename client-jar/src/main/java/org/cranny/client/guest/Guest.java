package org.cranny.client.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cranny.client.home.Home;
import org.cranny.client.machine.Machine;
import org.cranny.client.owner.OwnHolds;
import org.cranny.client.owner.OwnHolds.Answer;
import org.cranny.client.owner.OwnHolds.Cause;
import org.cranny.client.owner.OwnPause;
import org.cranny.client.policy.LocalPolicy;
import org.cranny.client.power.BatteryRule;
import org.cranny.client.power.Power;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.protocol.policy.EffectivePolicy;
import org.cranny.protocol.policy.Policy;

/**
 * Decides whether the agent should hold back now.
 *
 * <ul>
 *   <li>A pause of the owner holds everything.
 *   <li>Battery, metered connection and a person at the machine hold planned backups alone: what somebody orders now is
 *       wanted now.
 *   <li>On battery the policy decides, where it says something; else, and for everything else, the owner does.
 *   <li>What waits waits no longer than until the newest backup is {@link #LATE}, unless its owner or the policy says so.
 * </ul>
 */
public final class Guest {
    /** Older than this is not protected: docs/glossary.md, "protected". */
    public static final Duration LATE = Duration.ofDays(3);

    private final Home home;
    private final Home owners;
    private final Senses senses;
    private final Clock clock;

    public Guest(Home home, Senses senses, Clock clock) {
        this(home, home, senses, clock);
    }

    private Guest(Home home, Home owners, Senses senses, Clock clock) {
        this.home = home;
        this.owners = owners;
        this.senses = senses;
        this.clock = clock;
    }

    /** The same on this machine for another source, whose place it took. */
    public Guest of(Home place) {
        return new Guest(place, owners, senses, clock);
    }

    /** Of the owner; costs a look at one file. */
    public Optional<OwnPause.Span> pause() {
        return new OwnPause(owners, clock).now();
    }

    /** What planned backups should wait for; the services of this machine are asked. */
    public Optional<Cause> cause() throws IOException {
        Map<Cause, Answer> own = new OwnHolds(owners).kept();
        Power power = senses.power();
        if (power.onBattery()) {
            Optional<BatteryRule> rule = policyOnBattery();
            boolean holds = rule.isPresent() ? rule.get().objection(power).isPresent() : holds(own.get(Cause.BATTERY));
            if (holds) {
                return Optional.of(Cause.BATTERY);
            }
        }
        if (own.get(Cause.METERED) != Answer.GO && senses.metered() && holds(own.get(Cause.METERED))) {
            return Optional.of(Cause.METERED);
        }
        if (own.get(Cause.IN_USE) != Answer.GO && senses.inUse() && holds(own.get(Cause.IN_USE))) {
            return Optional.of(Cause.IN_USE);
        }
        return Optional.empty();
    }

    private boolean holds(Answer answer) throws IOException {
        return answer == Answer.NEVER || answer == Answer.WAIT && !late();
    }

    /** A machine without a backup is late when it has been enrolled for so long. */
    private boolean late() throws IOException {
        try (Machine machine = Machine.open(home)) {
            List<Snapshot> kept = machine.snapshots().kept();
            Instant newest = kept.isEmpty()
                    ? Files.getLastModifiedTime(home.config()).toInstant()
                    : kept.get(kept.size() - 1).manifest().ended();
            return Duration.between(newest, clock.instant()).compareTo(LATE) > 0;
        }
    }

    private Optional<BatteryRule> policyOnBattery() throws IOException {
        try (Machine machine = Machine.open(home)) {
            return new LocalPolicy(machine)
                    .kept()
                    .map(EffectivePolicy::policy)
                    .map(Policy::battery)
                    .filter(battery -> battery.never() != null || battery.abovePercent() != null)
                    .map(BatteryRule::of);
        }
    }
}
