package org.cranny.engine.transfer;

import java.util.List;
import org.cranny.protocol.custody.TrashAnswer;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.masterfile.Host;

/**
 * The trash of the daemons, as a source sees it whose allotment lets it put its own fragments away. Both may be repeated.
 */
public interface HostTrash {
    /** The most fragments in one order. */
    int MOST = 500;

    /** Moves fragments into the host's trash. */
    TrashAnswer putAway(Host host, List<FragmentId> fragments) throws TransferException;

    /** Has the host delete what was in its trash for its time; the rest comes back as early. */
    TrashAnswer delete(Host host, List<FragmentId> fragments) throws TransferException;
}
