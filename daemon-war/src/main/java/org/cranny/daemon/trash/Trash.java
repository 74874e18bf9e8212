package org.cranny.daemon.trash;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cranny.daemon.capacity.Room;
import org.cranny.daemon.grant.SpentGrants;
import org.cranny.daemon.identity.Home;
import org.cranny.daemon.shelf.Shelf;
import org.cranny.daemon.shelf.Shelf.Deletion;
import org.cranny.protocol.custody.TrashAnswer;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.grant.Act;
import org.cranny.protocol.grant.Allotment;
import org.cranny.protocol.grant.Grant;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Moves fragments into the trash, out of it, and away, each named one by one in a grant that was judged before, or by their
 * own source where its realm lets it forget. A deletion needs a grant that was never used, or that right, and a fragment
 * that was in the trash for as long as this machine's owner wants, by this machine's own clock; while less is lent than is
 * kept, a grant of central's may be enough: {@link EarlyDeletions}. Every act is a line in the log.
 */
public final class Trash {
    private static final Logger LOG = System.getLogger(Trash.class.getName());

    private final Shelf shelf;
    private final SpentGrants spent;
    private final EarlyDeletions earlyDeletions;
    private final Duration time;
    private final Clock clock;

    public Trash(Home home, Shelf shelf, SpentGrants spent, Room room, Duration time, Clock clock) throws IOException {
        this.shelf = shelf;
        this.spent = spent;
        this.earlyDeletions = new EarlyDeletions(home, room, time, clock);
        this.time = time;
        this.clock = clock;
    }

    /**
     * Does what the grant allows.
     *
     * @throws ProblemException NO_GRANT when the grant does not name each of them, or allows only what was done already
     */
    public TrashAnswer act(Grant grant, List<FragmentId> fragments) throws IOException {
        for (FragmentId fragment : fragments) {
            if (!grant.fragments().contains(fragment)) {
                throw new ProblemException(ProblemKind.NO_GRANT, "the grant does not name fragment " + fragment);
            }
        }
        if (grant.act() == Act.DELETE) {
            spent.spend(grant);
        }
        return act(grant.act(), grant.source(), fragments, grant, true);
    }

    /** Does what a source asks for its own fragments, under an allotment that lets it forget. */
    public TrashAnswer own(Act act, Allotment right, List<FragmentId> fragments) throws IOException {
        return act(act, right.source(), fragments, act + " by its own source " + right.source(), false);
    }

    private TrashAnswer act(Act act, SystemId source, List<FragmentId> fragments, Object right, boolean early)
            throws IOException {
        TrashAnswer answer = new TrashAnswer(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        switch (act) {
            case TRASH -> {
                Instant now = clock.instant();
                for (FragmentId id : fragments) {
                    note(answer, id, shelf.trash(source, id, now));
                }
            }
            case UNTRASH -> {
                for (FragmentId id : fragments) {
                    note(answer, id, shelf.untrash(source, id));
                }
            }
            case DELETE -> delete(source, fragments, answer, early);
            default -> throw new ProblemException(ProblemKind.NO_GRANT, "no such act is for the trash: " + right);
        }
        LOG.log(
                Level.INFO,
                "{0}: {1} done, {2} absent, {3} too early",
                right,
                answer.done().size(),
                answer.absent().size(),
                answer.early().size());
        return answer;
    }

    private void delete(SystemId source, List<FragmentId> fragments, TrashAnswer answer, boolean early)
            throws IOException {
        Instant now = clock.instant();
        for (FragmentId id : fragments) {
            Deletion deletion = shelf.delete(source, id, now.minus(time));
            if (deletion == Deletion.TOO_EARLY && early && earlyDeletions.take(shelf.trashedLength(source, id))) {
                deletion = shelf.delete(source, id, now);
            }
            if (deletion == Deletion.TOO_EARLY) {
                answer.early().add(id.toString());
            } else {
                note(answer, id, deletion == Deletion.DONE);
            }
        }
    }

    private static void note(TrashAnswer answer, FragmentId id, boolean done) {
        (done ? answer.done() : answer.absent()).add(id.toString());
    }
}
