package org.cranny.engine.backup;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.fetch.PackSource;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.pack.PackWriter;
import org.cranny.engine.pack.WrittenPack;
import org.cranny.engine.restore.Overwrite;
import org.cranny.engine.restore.Picked;
import org.cranny.engine.restore.Restore;
import org.cranny.engine.restore.RestoreListener;
import org.cranny.engine.restore.RestoreOutcome;
import org.cranny.engine.restore.RestoreRequest;
import org.cranny.engine.restore.TargetRules;
import org.cranny.engine.sealing.PackHeader;
import org.cranny.engine.segment.Compression;
import org.cranny.engine.segment.SegmentBuilder;
import org.cranny.engine.segment.SegmentSealer;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.source.Source;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.snapshot.Manifest;
import org.cranny.protocol.snapshot.PackClass;

/** A source that has its keys and seals whatever it likes into real packs, under whatever name. */
final class HostileSource implements Closeable {
    private static final PackSource NOBODY = new PackSource() {
        @Override
        public byte[] read(FragmentId pack, long offset, int length) throws IOException {
            throw new IOException("nobody has pack " + pack);
        }

        @Override
        public PackHeader header(FragmentId pack, long length) throws IOException {
            throw new IOException("nobody has pack " + pack);
        }

        @Override
        public boolean wasWrong(FragmentId pack, IOException why) {
            return false;
        }
    };

    private final Source source;
    private final SegmentBuilder builder = new SegmentBuilder();
    private final SegmentSealer sealer = new SegmentSealer(Compression.USUAL);
    private PackWriter writer;

    HostileSource(Path folder) throws IOException {
        TestRealm realm = new TestRealm(folder.resolve("realm"), 1);
        source = Source.open(
                folder.resolve("home"),
                realm.identity(),
                KeyRing.create(realm.identity().system(), TestRealm.random()));
        Files.createDirectories(source.spool());
    }

    /** Keeps a chunk, or a node, under its own name. */
    ChunkId add(byte[] octets) throws IOException {
        return addAs(source.chunkIds().of(octets), octets);
    }

    /** Keeps it under a name of one's choice. */
    ChunkId addAs(ChunkId name, byte[] octets) throws IOException {
        if (!builder.fits(octets.length)) {
            seal();
        }
        builder.add(name, octets, 0, octets.length);
        return name;
    }

    Snapshot snapshot(ChunkId root) throws IOException {
        if (!builder.isEmpty()) {
            seal();
        }
        if (writer != null) {
            WrittenPack pack = writer.finish();
            writer.close();
            writer = null;
            source.packs().keep(pack.id(), pack.file());
            source.index().add(pack.id(), pack.packClass(), pack.length(), pack.footer(), pack.header());
        }
        Manifest manifest = new Manifest(
                source.system(),
                1,
                0,
                new byte[32],
                Instant.EPOCH,
                Instant.EPOCH,
                root.bytes(),
                1,
                1,
                1,
                List.of(),
                List.of(),
                new byte[0]);
        return new Snapshot(root.toString(), manifest, null, null);
    }

    private void seal() throws IOException {
        if (writer == null) {
            writer = PackWriter.create(source.spool(), source.keys(), PackClass.TREE, TestRealm.random());
        }
        try (SegmentBuilder.Raw raw = builder.take()) {
            writer.append(sealer.seal(writer.cipher(), writer.nextNumber(), raw));
        }
    }

    RestoreOutcome restore(
            Snapshot snapshot,
            Path target,
            Overwrite overwrite,
            boolean delete,
            TargetRules rules,
            RestoreListener told)
            throws IOException, InterruptedException {
        RestoreRequest request =
                new RestoreRequest(snapshot, List.of(), Picked.ALL, target, overwrite, delete, false, rules, 2);
        return new Restore(source, NOBODY).run(request, told);
    }

    @Override
    public void close() throws IOException {
        sealer.close();
        source.close();
    }
}
