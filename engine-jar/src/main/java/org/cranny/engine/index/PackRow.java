package org.cranny.engine.index;

import java.util.List;
import org.cranny.engine.segment.SegmentRef;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.snapshot.PackClass;

/**
 * What is known of a pack without asking anyone: enough to fetch any of its segments.
 *
 * @param length octets of the whole pack
 */
public record PackRow(FragmentId id, PackClass packClass, long length, List<SegmentRef> segments) {
    public PackRow {
        segments = List.copyOf(segments);
    }
}
