package org.cranny.engine.index;

import java.util.List;
import org.cranny.engine.sealing.PackHeader;
import org.cranny.engine.segment.SegmentRef;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.snapshot.PackClass;

/**
 * What is known of a pack without asking anyone: enough to fetch any of its segments.
 *
 * @param length octets of the whole pack
 * @param header the pack's own; null when it is not known, as after the index was made again
 */
public record PackRow(FragmentId id, PackClass packClass, long length, List<SegmentRef> segments, PackHeader header) {
    public PackRow {
        segments = List.copyOf(segments);
    }
}
