package org.cranny.protocol.snapshot;

import java.util.List;

/** Packs that central has had moved. @param packs who holds them now @param cursor to ask after next time @param more whether there are more already @param forgotten versions that nobody can have again, rising */
public record MovedPlacements(List<Placement> packs, long cursor, boolean more, List<VersionRange> forgotten) {
    public MovedPlacements {
        forgotten = forgotten == null ? List.of() : List.copyOf(forgotten);
    }

    /** The same, and these versions. */
    public MovedPlacements with(List<VersionRange> versions) {
        return new MovedPlacements(packs, cursor, more, versions);
    }
}
