package org.cranny.central.snapshot;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.snapshot.CommitRequest;
import org.cranny.protocol.snapshot.SnapshotLine;

/** The catalogue of snapshots: once committed, never changed. */
@ApplicationScoped
public class Snapshots {
    public Commitment commit(SystemId source, CommitRequest request) {
        throw new UnsupportedOperationException();
    }

    /** The source's snapshots above this version, oldest first. */
    public List<SnapshotLine> list(SystemId source, long after) {
        throw new UnsupportedOperationException();
    }

    /** A system's snapshots for people, newest first. @param system its number @param limit 1..1000 */
    public List<SnapshotSummary> summaries(long system, int limit) {
        throw new UnsupportedOperationException();
    }
}
