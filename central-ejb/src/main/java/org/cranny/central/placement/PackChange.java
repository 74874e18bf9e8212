package org.cranny.central.placement;

import java.util.List;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.snapshot.PackEntry;

/** How a snapshot's pack set differs from the one before. @param version of the snapshot */
public record PackChange(long version, List<PackEntry> added, List<FragmentId> removed) {}
