package org.cranny.engine.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.pack.IndexEntry;
import org.cranny.engine.sealing.PackHeader;
import org.cranny.protocol.octets.OctetWriter;
import org.cranny.protocol.readers.Reader;
import org.cranny.protocol.readers.Scratch;
import org.cranny.protocol.readers.Texts;
import org.cranny.protocol.snapshot.PackClass;
import org.cranny.readers.Golden;

/** The index of chunks, with checksums made anew: the first octet says which part of it the others are. */
public final class IndexReaders {
    private static final int CHECKSUM = Integer.BYTES;
    private static final int MAGIC = 8;

    private final byte[] manifest;
    private final byte[] packs;
    private final byte[] run;
    private final byte[] withHeader;
    private final ChunkId chunk;

    private IndexReaders() throws IOException {
        Scratch folder = Scratch.folder("index-seed");
        IndexEntry entry = IndexEntry.decode(Golden.get().indexEntries().get(0));
        try (ChunkIndex index = ChunkIndex.open(folder.path())) {
            index.add(entry.pack(), PackClass.DATA, 1 << 17, entry.footer(), null);
            index.flush();
        }
        PackHeader header = PackHeader.parse(Golden.get().headers().get(0));
        withHeader = PackRecord.pack(entry.pack(), header.packClass(), 1 << 17, entry.footer(), header);
        manifest = Files.readAllBytes(folder.path().resolve("index"));
        packs = Files.readAllBytes(folder.path().resolve("packs"));
        run = Files.readAllBytes(folder.path().resolve("run-1"));
        chunk = entry.footer().segments().get(0).chunks().get(0).id();
    }

    public static List<Reader> all() throws IOException {
        IndexReaders seed = new IndexReaders();
        return List.of(Reader.of(
                "index",
                IndexDamagedException.class,
                List.of(
                        part(0, seed.manifest, 0, seed.manifest.length - CHECKSUM),
                        part(1, seed.packs, MAGIC + 2 * CHECKSUM, seed.packs.length),
                        part(1, seed.withHeader, 0, seed.withHeader.length),
                        part(1, PackRecord.died(List.of(0)), 0, 3),
                        part(2, seed.run, RecordBlock.LENGTH, seed.run.length - CHECKSUM),
                        part(3, seed.run, 0, 4 * RecordBlock.RECORD)),
                seed::read));
    }

    private static byte[] part(int number, byte[] octets, int from, int to) {
        return Texts.join(new byte[] {(byte) number}, Arrays.copyOfRange(octets, from, Math.min(to, octets.length)));
    }

    private void read(byte[] octets) throws IOException {
        if (octets.length == 0) {
            return;
        }
        byte[] part = Arrays.copyOfRange(octets, 1, octets.length);
        Scratch folder = Scratch.folder("index");
        folder.write("index", manifest);
        folder.write("packs", packs);
        folder.write("run-1", run);
        switch (octets[0] & 3) {
            case 0 -> folder.write("index", checked(part));
            case 1 -> record(folder, part);
            case 2 -> folder.write("run-1", Texts.join(Arrays.copyOf(run, RecordBlock.LENGTH), checked(part)));
            default -> {
                byte[] block = checked(Arrays.copyOf(part, RecordBlock.LENGTH - CHECKSUM));
                byte[] tail = Arrays.copyOfRange(run, RecordBlock.LENGTH, run.length);
                folder.write("run-1", Texts.join(block, tail));
            }
        }
        look(folder.path());
    }

    /** One more record in the table of packs. */
    private void record(Scratch folder, byte[] part) throws IOException {
        byte[] frame = ByteBuffer.allocate(2 * CHECKSUM)
                .putInt(part.length)
                .putInt(Checksum.of(part, 0, part.length))
                .array();
        byte[] table = Texts.join(packs, frame, part);
        byte[] longer = new OctetWriter()
                .raw(Arrays.copyOf(manifest, MAGIC))
                .u64(table.length)
                .raw(Arrays.copyOfRange(manifest, 2 * MAGIC, manifest.length - CHECKSUM))
                .toByteArray();
        folder.write("packs", table);
        folder.write("index", checked(longer));
    }

    private void look(Path folder) throws IOException {
        try (ChunkIndex index = ChunkIndex.open(folder)) {
            index.lookup(chunk);
            index.lookup(ChunkId.of(new byte[ChunkId.LENGTH]));
            for (int ordinal = 0; ordinal < index.packs().count(); ordinal++) {
                index.packs().row(ordinal);
            }
        }
    }

    private static byte[] checked(byte[] body) {
        byte[] octets = Arrays.copyOf(body, body.length + CHECKSUM);
        ByteBuffer.wrap(octets).putInt(body.length, Checksum.of(octets, 0, body.length));
        return octets;
    }
}
