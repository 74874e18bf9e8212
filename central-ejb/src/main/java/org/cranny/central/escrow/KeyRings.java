package org.cranny.central.escrow;

import java.util.function.Predicate;
import org.cranny.engine.keys.KeyRing;
import org.cranny.protocol.id.SystemId;

/**
 * The one door to deposited key rings. A ring is opened because a person asked for it; who and why is in the log, on
 * disk, before. Call it outside of any transaction.
 */
public interface KeyRings {
    /**
     * Opens the newest deposit that fits.
     *
     * @param fits tells a ring that opens the source's backups from rubbish that a thief deposited
     * @return in clear; the caller destroys it as soon as it can
     * @throws org.cranny.protocol.problem.ProblemException NOT_FOUND when the source deposited nothing, ESCROW_CLOSED
     *     when nothing can be opened
     */
    KeyRing open(SystemId source, Reason reason, Predicate<KeyRing> fits);
}
