package org.cranny.central.recovery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.cranny.central.approval.Approvals;
import org.cranny.central.authority.Authority;
import org.cranny.central.browse.Opened;
import org.cranny.central.browse.Openings;
import org.cranny.central.escrow.KeyRings;
import org.cranny.central.escrow.Reason;
import org.cranny.engine.fetch.ChunkReader;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.rebuild.RebuildListener;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.tree.DataMap;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.FileParts;
import org.cranny.engine.tree.Thing;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/**
 * Opens the beginning of one file. It takes the key that opens everything, so it takes the leave that an archive of the
 * file takes, and each look is in the log as any use of that key is.
 */
final class Glimpses {
    private final Authority authority;
    private final Approvals approvals;
    private final KeyRings keyRings;
    private final Openings openings;
    private final Choices choices;

    Glimpses(Authority authority, Approvals approvals, KeyRings keyRings, Openings openings, Choices choices) {
        this.authority = authority;
        this.approvals = approvals;
        this.keyRings = keyRings;
        this.openings = openings;
        this.choices = choices;
    }

    /** @param path what the recovery has to be of, and of nothing else, in the notation of paths */
    Glimpse at(String actor, RecoveryRow row, String path) {
        if (row.way() != Way.ARCHIVE || !choices.of(row).paths().equals(List.of(path))) {
            throw new ProblemException(Problem.ofField("id", "recovery " + row.id() + " is not of this file alone"));
        }
        String leave = approvals.require(row.approval());
        SystemId source = new SystemId(authority.realm(), row.source());
        KeyRing ring = keyRings.open(
                source,
                new Reason(actor, "recovery " + row.id() + " looked into, " + leave, row.approval()),
                each -> openings.fits(source, each));
        try (Opened opened = openings.open(source, ring, RebuildListener.SILENT);
                ChunkReader chunks = new ChunkReader(opened.records(), opened.packs())) {
            Snapshot snapshot = opened.records().snapshots().find(row.snapshot());
            byte[] octets = choices.of(row).octets().get(0);
            Entry entry = new SnapshotTree(snapshot, chunks)
                    .find(octets)
                    .orElseThrow(() -> new ProblemException(ProblemKind.NOT_FOUND, "the snapshot has no " + path));
            return read(entry, chunks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            ring.destroy();
        }
    }

    private static Glimpse read(Entry entry, ChunkReader chunks) throws IOException {
        if (!(entry.thing() instanceof Thing.File file)) {
            throw new ProblemException(Problem.ofField("path", "only files can be looked into"));
        }
        if (!file.data().equals(DataMap.DENSE)) {
            throw new ProblemException(Problem.ofField("path", "a file with holes cannot be looked into"));
        }
        ByteArrayOutputStream beginning = new ByteArrayOutputStream();
        FileParts.chunks(file, chunks, chunk -> {
            int left = Glimpse.MOST_BYTES - beginning.size();
            if (left > 0) {
                byte[] octets = chunks.load(chunk.id());
                beginning.write(octets, 0, Math.min(left, octets.length));
            }
        });
        return new Glimpse(beginning.toByteArray(), file.size());
    }
}
