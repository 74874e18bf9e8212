package org.cranny.daemon.trash;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cranny.daemon.grant.SpentGrants;
import org.cranny.daemon.shelf.Shelf;
import org.cranny.daemon.shelf.Shelf.Deletion;
import org.cranny.protocol.custody.TrashAnswer;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.grant.Grant;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Moves fragments into the trash, out of it, and away, each named one by one in a grant that was judged before. A
 * deletion needs a grant that was never used, and a fragment that was in the trash for as long as this machine's owner
 * wants, by this machine's own clock. Every act is a line in the log.
 */
public final class Trash {
    private static final Logger LOG = System.getLogger(Trash.class.getName());

    private final Shelf shelf;
    private final SpentGrants spent;
    private final Duration time;
    private final Clock clock;

    public Trash(Shelf shelf, SpentGrants spent, Duration time, Clock clock) {
        this.shelf = shelf;
        this.spent = spent;
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
        TrashAnswer answer = new TrashAnswer(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        switch (grant.act()) {
            case TRASH -> {
                Instant now = clock.instant();
                for (FragmentId id : fragments) {
                    note(answer, id, shelf.trash(grant.source(), id, now));
                }
            }
            case UNTRASH -> {
                for (FragmentId id : fragments) {
                    note(answer, id, shelf.untrash(grant.source(), id));
                }
            }
            case DELETE -> delete(grant, fragments, answer);
            default -> throw new ProblemException(ProblemKind.NO_GRANT, "no such grant is for the trash: " + grant);
        }
        LOG.log(
                Level.INFO,
                "{0}: {1} done, {2} absent, {3} too early",
                grant,
                answer.done().size(),
                answer.absent().size(),
                answer.early().size());
        return answer;
    }

    private void delete(Grant grant, List<FragmentId> fragments, TrashAnswer answer) throws IOException {
        spent.spend(grant);
        Instant before = clock.instant().minus(time);
        for (FragmentId id : fragments) {
            Deletion deletion = shelf.delete(grant.source(), id, before);
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
