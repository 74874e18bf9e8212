package org.cranny.central.masterfile;

import java.util.List;

/** What one version of the master file changed. @param hosts by number */
public record MasterFileChanges(MasterFileVersion version, List<HostChange> hosts) {

    /** What happened to a host between two versions. */
    public enum Change {
        ADDED,
        CHANGED,
        GONE
    }

    /** One host that is not as it was. @param members none when it is gone */
    public record HostChange(long host, String name, Change change, List<MemberChange> members) {}

    /** A member of a host's line, as text. @param before null when the host was added */
    public record MemberChange(String member, String before, String after) {}
}
