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
import org.cranny.protocol.snapshot.Placement;
import org.cranny.protocol.snapshot.Placements;
import org.cranny.protocol.snapshot.Registered;
import org.cranny.protocol.snapshot.SnapshotLine;

/**
 * The catalogue of a realm without a central: the source's own records are all there is. The turn is the source's, as
 * the lock of its home gives it; a snapshot is committed when its signed manifest is on the source's disk; receipts stay
 * with the source, which checked them when they came.
 */
public final class OwnCatalogue implements Catalogue {
    private static final long LONG_ENOUGH_SECONDS = 120;

    private final String masterFile;

    /** @param masterFile the newest list of hosts, as text */
    public OwnCatalogue(String masterFile) {
        this.masterFile = masterFile;
    }

    @Override
    public Optional<String> hostsForSignposts() {
        return Optional.of(masterFile);
    }

    @Override
    public boolean countersigns() {
        return false;
    }

    @Override
    public Lease lease(long lastEpoch, String attempt) {
        return lease(lastEpoch + 1, LONG_ENOUGH_SECONDS);
    }

    @Override
    public Lease renew(long epoch) {
        return lease(epoch, LONG_ENOUGH_SECONDS);
    }

    private static Lease lease(long epoch, long seconds) {
        return new Lease(epoch, 0, null, List.of(), null, seconds, List.of());
    }

    @Override
    public void release(long epoch) {
        // The lock of the home goes with the process.
    }

    @Override
    public Registered register(Placements batch) {
        return new Registered(batch.packs().stream().map(Placement::pack).toList(), List.of());
    }

    @Override
    public void keepPack(FragmentId pack, Path octets) {
        // The source's own copy and those on hosts are all there are.
    }

    @Override
    public byte[] readPack(FragmentId pack, long offset, int length) throws IOException {
        throw new IOException("there is no central that keeps a copy of pack " + pack);
    }

    /** @throws IllegalStateException always: nobody countersigns here */
    @Override
    public CommitAnswer commit(CommitRequest request) {
        throw new IllegalStateException("there is no central to commit to");
    }

    @Override
    public List<SnapshotLine> snapshots(long afterVersion) {
        return List.of();
    }

    @Override
    public void saw(List<Seen> looks) {
        // Nobody rates hosts here.
    }
}
