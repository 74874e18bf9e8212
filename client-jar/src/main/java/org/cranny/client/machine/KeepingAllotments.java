package org.cranny.client.machine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.cranny.client.home.Home;
import org.cranny.engine.backup.Catalogue;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.heartbeat.Seen;
import org.cranny.protocol.snapshot.CommitAnswer;
import org.cranny.protocol.snapshot.CommitRequest;
import org.cranny.protocol.snapshot.Lease;
import org.cranny.protocol.snapshot.Placements;
import org.cranny.protocol.snapshot.Registered;
import org.cranny.protocol.snapshot.SnapshotLine;

/** Central, and every allotment that comes with a lease is kept for the time when central is away. */
record KeepingAllotments(Catalogue central, Home home) implements Catalogue {

    @Override
    public Lease lease(long lastEpoch, String attempt) throws IOException {
        return kept(central.lease(lastEpoch, attempt));
    }

    @Override
    public Lease renew(long epoch) throws IOException {
        return kept(central.renew(epoch));
    }

    private Lease kept(Lease lease) throws IOException {
        if (lease.allotment() != null) {
            home.keepAllotment(lease.allotment());
        }
        return lease;
    }

    @Override
    public void release(long epoch) throws IOException {
        central.release(epoch);
    }

    @Override
    public Registered register(Placements batch) throws IOException {
        return central.register(batch);
    }

    @Override
    public void keepPack(FragmentId pack, Path octets) throws IOException {
        central.keepPack(pack, octets);
    }

    @Override
    public byte[] readPack(FragmentId pack, long offset, int length) throws IOException {
        return central.readPack(pack, offset, length);
    }

    @Override
    public CommitAnswer commit(CommitRequest request) throws IOException {
        return central.commit(request);
    }

    @Override
    public List<SnapshotLine> snapshots(long afterVersion) throws IOException {
        return central.snapshots(afterVersion);
    }

    @Override
    public void saw(List<Seen> looks) throws IOException {
        central.saw(looks);
    }
}
