package org.cranny.engine.rebuild;

import java.io.IOException;
import java.util.List;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.snapshot.Placements;
import org.cranny.protocol.snapshot.SnapshotLine;

/** What central remembers of one source ({@code docs/protocol/central.md}). */
public interface Remembered {
    /** Nobody but the source itself remembers anything: what its folder holds is all there is. */
    Remembered NOTHING = new Remembered() {
        @Override
        public List<SnapshotLine> snapshots(long afterVersion) {
            return List.of();
        }

        @Override
        public Placements placements(String after, int limit) {
            return new Placements(List.of());
        }

        @Override
        public byte[] readPack(FragmentId pack, long offset, int length) throws IOException {
            throw new IOException("there is no central that keeps a copy of pack " + pack);
        }
    };

    /** Manifests above a version, oldest first. */
    List<SnapshotLine> snapshots(long afterVersion) throws IOException;

    /** Live packs and who holds them, in the order of ids. @param after pack id, or null for the first */
    Placements placements(String after, int limit) throws IOException;

    /** A range of central's own copy of a tree or index pack. */
    byte[] readPack(FragmentId pack, long offset, int length) throws IOException;
}
