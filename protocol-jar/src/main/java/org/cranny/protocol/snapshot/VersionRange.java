package org.cranny.protocol.snapshot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Versions of one source that follow each other. @param last not below {@code first} */
public record VersionRange(long first, long last) {
    public VersionRange {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("versions " + first + " to " + last);
        }
    }

    /** As few ranges as hold exactly these versions, rising. */
    public static List<VersionRange> of(Collection<Long> versions) {
        List<VersionRange> ranges = new ArrayList<>();
        for (long version : new TreeSet<>(versions)) {
            int end = ranges.size() - 1;
            if (end >= 0 && ranges.get(end).last() + 1 == version) {
                ranges.set(end, new VersionRange(ranges.get(end).first(), version));
            } else {
                ranges.add(new VersionRange(version, version));
            }
        }
        return ranges;
    }

    public boolean contains(long version) {
        return first <= version && version <= last;
    }
}
