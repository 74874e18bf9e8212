package org.cranny.central.device;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cranny.central.placement.Custody;
import org.cranny.central.placement.PackCopies;
import org.cranny.central.reliability.Heartbeats;
import org.cranny.central.snapshot.Leases;
import org.cranny.central.snapshot.Snapshots;
import org.cranny.engine.backup.Catalogue;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.heartbeat.Looks;
import org.cranny.protocol.heartbeat.Seen;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.snapshot.CommitAnswer;
import org.cranny.protocol.snapshot.CommitRequest;
import org.cranny.protocol.snapshot.Lease;
import org.cranny.protocol.snapshot.LeaseRequest;
import org.cranny.protocol.snapshot.Placements;
import org.cranny.protocol.snapshot.Registered;
import org.cranny.protocol.snapshot.SnapshotLine;

/** Central as any source's backup sees it, from within: the same rules, no connection, never away. */
record DirectCatalogue(
        SystemId source, Leases leases, Custody custody, PackCopies copies, Snapshots snapshots, Heartbeats heartbeats)
        implements Catalogue {

    @Override
    public Lease lease(long lastEpoch, String attempt) {
        return leases.take(source, new LeaseRequest(lastEpoch, attempt));
    }

    @Override
    public Lease renew(long epoch) {
        return leases.renew(source, epoch);
    }

    @Override
    public void release(long epoch) {
        leases.release(source, epoch);
    }

    @Override
    public Registered register(Placements batch) {
        return custody.register(source, batch);
    }

    @Override
    public void keepPack(FragmentId pack, Path octets) throws IOException {
        try (InputStream in = Files.newInputStream(octets)) {
            copies.put(source, pack, in);
        }
    }

    @Override
    public byte[] readPack(FragmentId pack, long offset, int length) throws IOException {
        Path file = copies.find(source, pack)
                .orElseThrow(() -> new FileNotFoundException("central has no copy of pack " + pack));
        ByteBuffer octets = ByteBuffer.allocate(length);
        try (FileChannel in = FileChannel.open(file)) {
            while (octets.hasRemaining()) {
                if (in.read(octets, offset + octets.position()) < 0) {
                    throw new IOException("pack " + pack + " is shorter than its index says");
                }
            }
        }
        return octets.array();
    }

    @Override
    public CommitAnswer commit(CommitRequest request) {
        return snapshots.commit(source, request).answer();
    }

    @Override
    public List<SnapshotLine> snapshots(long afterVersion) {
        return snapshots.list(source, afterVersion);
    }

    @Override
    public void saw(List<Seen> looks) {
        heartbeats.report(source, new Looks(null, looks));
    }
}
