package org.cranny.central.placement;

import java.io.IOException;
import java.util.List;
import org.cranny.central.system.HostStatus;
import org.cranny.protocol.custody.CopyAnswer;
import org.cranny.protocol.custody.CopyOrder;
import org.cranny.protocol.custody.TrashAnswer;
import org.cranny.protocol.custody.TrashOrder;
import org.cranny.protocol.grant.Act;
import org.cranny.protocol.proof.Challenges;
import org.cranny.protocol.proof.Proofs;
import org.cranny.protocol.receipt.KeptList;

/** Daemons, as central has them do things with what they keep. Each failure is an {@link IOException} with one line. */
public interface Daemons {
    /** Has a daemon fetch fragments from another one. @param grant to copy, base64url */
    CopyAnswer copy(HostStatus host, String grant, CopyOrder order) throws IOException;

    /** Has a daemon keep a head of the log. @param anchor signed, base64url */
    void anchor(HostStatus host, String anchor) throws IOException;

    /** Heads of the log that a daemon keeps, newest first; signed, base64url. */
    List<String> anchors(HostStatus host) throws IOException;

    /** Has a daemon prove that it keeps fragments of one source. @param grant to read them */
    Proofs prove(HostStatus host, String grant, Challenges challenges) throws IOException;

    /**
     * A page of what a daemon keeps of one source, in the order of ids.
     *
     * @param grant to read all of them
     * @param after the last one before, or null for the beginning
     */
    KeptList list(HostStatus host, String grant, String after) throws IOException;

    /** Has a daemon put fragments away or bring them back. @param act TRASH, UNTRASH or DELETE @param grant for it */
    TrashAnswer trash(HostStatus host, Act act, String grant, TrashOrder order) throws IOException;
}
