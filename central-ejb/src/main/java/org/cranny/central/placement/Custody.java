package org.cranny.central.placement;

import jakarta.enterprise.context.ApplicationScoped;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.snapshot.Placements;
import org.cranny.protocol.snapshot.Registered;

/** Knows which host holds which fragment, and believes receipts alone. */
@ApplicationScoped
public class Custody {
    /** Takes a batch of receipts; repeating it changes nothing. */
    public Registered register(SystemId source, Placements batch) {
        throw new UnsupportedOperationException();
    }

    /** The source's live packs in the order of ids. @param after pack id, or null to begin @param limit 1..1000 */
    public Placements page(SystemId source, String after, int limit) {
        throw new UnsupportedOperationException();
    }
}
