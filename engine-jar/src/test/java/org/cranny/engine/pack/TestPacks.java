package org.cranny.engine.pack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cranny.engine.chunking.ChunkIds;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.segment.Compression;
import org.cranny.engine.segment.SegmentBuilder;
import org.cranny.engine.segment.SegmentSealer;
import org.cranny.protocol.snapshot.PackClass;

/** Makes packs the way a backup does. */
final class TestPacks implements AutoCloseable {
    private final Path spool;
    private final KeyRing ring;
    private final ChunkIds ids;
    private final SegmentBuilder builder = new SegmentBuilder();
    private final SegmentSealer sealer = new SegmentSealer(Compression.USUAL);

    TestPacks(Path spool, KeyRing ring) {
        this.spool = spool;
        this.ring = ring;
        this.ids = ChunkIds.of(ring);
    }

    ChunkIds ids() {
        return ids;
    }

    WrittenPack write(List<byte[]> chunks) throws IOException {
        try (PackWriter writer = PackWriter.create(spool, ring, PackClass.DATA, new SecureRandom())) {
            append(writer, chunks);
            return writer.finish();
        }
    }

    void append(PackWriter writer, List<byte[]> chunks) throws IOException {
        for (byte[] chunk : chunks) {
            if (!builder.fits(chunk.length)) {
                seal(writer);
            }
            builder.add(ids.of(chunk), chunk, 0, chunk.length);
        }
        seal(writer);
    }

    private void seal(PackWriter writer) throws IOException {
        try (SegmentBuilder.Raw raw = builder.take()) {
            writer.append(sealer.seal(writer.cipher(), writer.nextNumber(), raw));
        }
    }

    static List<byte[]> chunks(int count, int length) {
        List<byte[]> chunks = new ArrayList<>();
        Random random = new Random(count);
        for (int at = 0; at < count; at++) {
            StringBuilder text = new StringBuilder();
            while (text.length() < length) {
                text.append(random.nextInt(100_000)).append(' ');
            }
            chunks.add(text.substring(0, length).getBytes(US_ASCII));
        }
        return chunks;
    }

    static List<byte[]> noise(int count, int length) {
        List<byte[]> chunks = new ArrayList<>();
        Random random = new Random(count);
        for (int at = 0; at < count; at++) {
            byte[] chunk = new byte[length];
            random.nextBytes(chunk);
            chunks.add(chunk);
        }
        return chunks;
    }

    @Override
    public void close() {
        sealer.close();
    }
}
