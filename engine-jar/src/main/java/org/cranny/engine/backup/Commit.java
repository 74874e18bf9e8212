package org.cranny.engine.backup;

import java.io.IOException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.cranny.engine.snapshot.Label;
import org.cranny.engine.snapshot.LabelSeal;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.snapshot.Snapshots;
import org.cranny.engine.source.Source;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.Problem;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;
import org.cranny.protocol.signing.Signed;
import org.cranny.protocol.snapshot.CommitAnswer;
import org.cranny.protocol.snapshot.CommitRequest;
import org.cranny.protocol.snapshot.Committed;
import org.cranny.protocol.snapshot.Manifest;
import org.cranny.protocol.snapshot.NewContent;
import org.cranny.protocol.snapshot.PackEntry;
import org.cranny.protocol.snapshot.SnapshotLine;

/**
 * Makes manifests and commits them: at once when central is there, later when it is back. A manifest is on this
 * machine's disk before anyone is told that the snapshot exists.
 */
final class Commit {
    /** What people are told when central went away. */
    static final String LATER =
            "Central does not take it now. The snapshot is on its hosts, and is committed when central is back.";

    private final Source source;
    private final Snapshots snapshots;
    private final Catalogue catalogue;
    private final PublicKey catalogueKey;
    private final SecureRandom random;

    Commit(Source source, Catalogue catalogue, PublicKey catalogueKey, SecureRandom random) {
        this.source = source;
        this.snapshots = source.snapshots();
        this.catalogue = catalogue;
        this.catalogueKey = catalogueKey;
        this.random = random;
    }

    /** What a scan brought. */
    record Scanned(byte[] root, long files, long bytes, Instant started, Instant ended, Label label, long epoch) {}

    /** Packs that central says are gone; their chunks have to be sent again. */
    static final class PacksGoneException extends IOException {
        private static final long serialVersionUID = 1L;
        private final transient List<FragmentId> packs;

        PacksGoneException(List<FragmentId> packs) {
            super(packs.size() + " packs are gone");
            this.packs = packs;
        }

        List<FragmentId> packs() {
            return packs;
        }
    }

    /** Signs the next manifest. @param packs by which its pack set differs from that of the one before */
    Signed sign(Scanned scanned, PackChange packs) throws IOException {
        Optional<Snapshot> before = snapshots.newest();
        long version = before.map(each -> each.manifest().version() + 1).orElse(1L);
        long storedBytes = packs.added().stream().mapToLong(PackEntry::length).sum();
        byte[] label = LabelSeal.seal(scanned.label(), source.keys(), source.system(), version, random);
        Manifest manifest = new Manifest(
                source.system(),
                version,
                scanned.epoch(),
                before.map(each -> Manifest.hash(each.signed())).orElse(new byte[32]),
                scanned.started(),
                scanned.ended(),
                scanned.root(),
                scanned.files(),
                scanned.bytes(),
                storedBytes,
                packs.added(),
                packs.removed(),
                label);
        return manifest.sign(source.identity().key());
    }

    /** As {@link #commit}; when central is away, what was sent stays as it is: it may be committed without our knowing. */
    Snapshot commitOrKeep(Signed manifest, NewContent content, BackupListener listener) throws IOException {
        try {
            return commit(manifest, content);
        } catch (CatalogueAwayException e) {
            listener.notice(LATER);
            return keep(manifest);
        }
    }

    /** Keeps a manifest that central will get later. */
    Snapshot keep(Signed manifest) throws IOException {
        return snapshots.add(manifest, null);
    }

    /**
     * Commits a manifest at central and keeps it with the countersignature; where nobody countersigns, keeping is all.
     *
     * @param content null when nobody knows any more
     * @throws PacksGoneException when packs have to be sent again
     */
    Snapshot commit(Signed manifest, NewContent content) throws IOException {
        if (!catalogue.countersigns()) {
            return keep(manifest);
        }
        try {
            CommitAnswer answer = catalogue.commit(new CommitRequest(manifest.text(), content));
            return snapshots.add(manifest, countersignature(manifest, answer.committed()));
        } catch (ProblemException e) {
            Problem problem = e.problem();
            if (ProblemKind.PACKS_MISSING.name().equals(problem.kind()) && problem.items() != null) {
                throw new PacksGoneException(
                        problem.items().stream().map(FragmentId::of).toList());
            }
            throw e;
        }
    }

    /** Takes over snapshots that central has and this home has not, after checking that they are our own. */
    void adopt() throws IOException {
        long newest = snapshots.newest().map(each -> each.manifest().version()).orElse(0L);
        for (SnapshotLine line : catalogue.snapshots(newest)) {
            try {
                Signed manifest = Signed.parse(line.manifest());
                snapshots.add(manifest, countersignature(manifest, line.committed()));
            } catch (MalformedException e) {
                throw new IOException("Central keeps a snapshot that is not this machine's own: " + e.getMessage(), e);
            }
        }
    }

    private Signed countersignature(Signed manifest, String text) throws IOException {
        try {
            Signed signed = Signed.parse(text);
            Committed committed = Committed.open(signed, catalogueKey);
            if (java.util.Arrays.equals(committed.manifest(), Manifest.hash(manifest))) {
                return signed;
            }
        } catch (MalformedException e) {
            throw new IOException("Central's countersignature is not right: " + e.getMessage(), e);
        }
        throw new IOException(
                "Central countersigned another snapshot than " + HexFormat.of().formatHex(Manifest.hash(manifest)));
    }
}
