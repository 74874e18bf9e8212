package org.cranny.engine.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.heartbeat.Seen;
import org.cranny.protocol.snapshot.CommitAnswer;
import org.cranny.protocol.snapshot.CommitRequest;
import org.cranny.protocol.snapshot.Lease;
import org.cranny.protocol.snapshot.Placements;
import org.cranny.protocol.snapshot.Registered;
import org.cranny.protocol.snapshot.SnapshotLine;

/**
 * Where snapshots are committed: central, as a backup sees it ({@code docs/protocol/central.md}), or the source itself in
 * a realm that has no central ({@link OwnCatalogue}).
 * Every method may be repeated, but {@link #lease}: each call asks for another turn. Refusals arrive as
 * {@link org.cranny.protocol.problem.ProblemException}; when central
 * cannot be reached, {@link CatalogueAwayException}.
 */
public interface Catalogue {
    /**
     * Whether a snapshot needs central's countersignature to count as committed. Where there is no central, the
     * source's own signature makes it.
     */
    default boolean countersigns() {
        return true;
    }

    /**
     * The signed list of hosts that goes onto hosts together with each manifest, so that a recovery kit finds backups that
     * are newer than it; empty where central keeps all that.
     */
    default Optional<String> hostsForSignposts() {
        return Optional.empty();
    }

    /**
     * Takes the turn.
     *
     * @param lastEpoch of the last turn this source had, 0 for none
     * @param attempt the same until it is noted that the turn was taken; who asks twice gets the same turn
     */
    Lease lease(long lastEpoch, String attempt) throws IOException;

    Lease renew(long epoch) throws IOException;

    void release(long epoch) throws IOException;

    Registered register(Placements batch) throws IOException;

    /** Keeps a copy of a tree or index pack at central. */
    void keepPack(FragmentId pack, Path octets) throws IOException;

    /** Fetches a range of a tree or index pack that central keeps. */
    byte[] readPack(FragmentId pack, long offset, int length) throws IOException;

    CommitAnswer commit(CommitRequest request) throws IOException;

    List<SnapshotLine> snapshots(long afterVersion) throws IOException;

    /** Tells how this source fared with hosts. */
    void saw(List<Seen> looks) throws IOException;
}
