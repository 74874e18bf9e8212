package org.cranny.central.browse;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.cranny.central.placement.Custody;
import org.cranny.central.snapshot.Snapshots;
import org.cranny.engine.rebuild.Remembered;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.snapshot.Placements;
import org.cranny.protocol.snapshot.SnapshotLine;

/** What this central knows of a source. Its own copies of packs are read as files, not through here. */
record CentralsMemory(SystemId source, Snapshots snapshots, Custody custody) implements Remembered {
    @Override
    public List<SnapshotLine> snapshots(long afterVersion) {
        return snapshots.list(source, afterVersion);
    }

    @Override
    public Placements placements(String after, int limit) {
        return custody.page(source, after, limit);
    }

    @Override
    public byte[] readPack(FragmentId pack, long offset, int length) throws IOException {
        throw new FileNotFoundException("central has no copy of pack " + pack);
    }
}
