package org.cranny.engine.measure;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;
import org.cranny.engine.chunking.ChunkIds;
import org.cranny.engine.chunking.FastCdc;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.keys.TestKeys;
import org.cranny.engine.sealing.Frames;
import org.cranny.engine.sealing.PackCipher;
import org.cranny.engine.sealing.Section;
import org.cranny.engine.segment.Compression;
import org.cranny.engine.segment.SealedSegment;
import org.cranny.engine.segment.SegmentBuilder;
import org.cranny.engine.segment.SegmentOpener;
import org.cranny.engine.segment.SegmentSealer;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.snapshot.PackClass;

/** Prints what each stage does with the files below a folder, in MB of input a second of one thread's CPU time. */
public final class Rates {
    private static final int MOST = 192 << 20;
    private static final int ROUNDS = 4;
    private static final int PIECE = 1 << 20;

    private final KeyRing ring = TestKeys.ring();
    private final List<byte[]> pieces;

    private Rates(List<byte[]> pieces) {
        this.pieces = pieces;
    }

    /** Arguments: a folder. */
    public static void main(String[] arguments) throws IOException {
        new Rates(load(Path.of(arguments[0]))).run();
    }

    private interface Stage {
        long run() throws IOException;
    }

    private void run() throws IOException {
        System.out.println(pieces.size() + " MiB");
        measure("FastCDC", this::chunk);
        measure("chunk ids", this::name);
        measure("fragment ids", this::hash);
        for (int level = 1; level <= 4; level++) {
            int chosen = level;
            measure("zstd-jni level " + level, () -> zstdDirectly(chosen));
        }
        measure("zstd by Commons Compress level 3", this::zstdByStream);
        measure("zstd-jni level 3, expanding", this::expandDirectly);
        measure("zstd by Commons Compress level 3, expanding", this::expandByStream);
        measure("zstd-jni level 3 on noise", this::zstdOnNoise);
        measure("sealing", this::seal);
        measure("segments by zstd, sealed, opened again, compared", () -> segments(Compression.USUAL));
        measure("segments by lz4", () -> segments(Compression.LZ4));
        measure("segments stored", () -> segments(Compression.NONE));
        measure("segments by zstd, opened", this::open);
    }

    private void measure(String name, Stage stage) throws IOException {
        double best = 0;
        long result = 0;
        long allocated = allocatedOctets();
        for (int round = 0; round < ROUNDS; round++) {
            long start = cpuNanos();
            result = stage.run();
            best = Math.max(best, pieces.size() * (double) PIECE / 1e6 / ((cpuNanos() - start) / 1e9));
        }
        long each = (allocatedOctets() - allocated) / ROUNDS / pieces.size();
        System.out.printf("%-52s %6.0f MB/s, %9d octets allocated a MiB, %d%n", name, best, each, result);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long allocatedOctets() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private long chunk() {
        FastCdc cdc = FastCdc.of(ring);
        byte[] data = new byte[16 << 20];
        for (int at = 0; at < 16 && at < pieces.size(); at++) {
            System.arraycopy(pieces.get(at), 0, data, at * PIECE, PIECE);
        }
        long cuts = 0;
        for (int round = 0; round < pieces.size() / 16; round++) {
            for (int at = 0; at < data.length; cuts++) {
                at += cdc.cut(data, at, data.length - at, true);
            }
        }
        return cuts;
    }

    private long name() {
        ChunkIds ids = ChunkIds.of(ring);
        return pieces.stream().mapToLong(piece -> ids.of(piece).word(0) & 1).sum();
    }

    private long hash() {
        FragmentHasher hasher = new FragmentHasher();
        pieces.forEach(piece -> hasher.update(piece, 0, piece.length));
        return hasher.finish().hashCode() & 1;
    }

    private long zstdDirectly(int level) {
        byte[] out = new byte[2 * PIECE];
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            context.setLevel(level);
            return pieces.stream()
                    .mapToLong(piece -> context.compressByteArray(out, 0, out.length, piece, 0, piece.length))
                    .sum();
        }
    }

    private long zstdByStream() throws IOException {
        long sum = 0;
        ByteArrayOutputStream out = new ByteArrayOutputStream(2 * PIECE);
        for (byte[] piece : pieces) {
            out.reset();
            try (OutputStream zstd = ZstdCompressorOutputStream.builder()
                    .setOutputStream(out)
                    .setLevel(3)
                    .get()) {
                zstd.write(piece);
            }
            sum += out.size();
        }
        return sum;
    }

    private long expandDirectly() {
        byte[] out = new byte[PIECE];
        byte[] stored = Zstd.compress(pieces.get(pieces.size() / 2), 3);
        try (ZstdDecompressCtx context = new ZstdDecompressCtx()) {
            return pieces.stream()
                    .mapToLong(piece -> context.decompressByteArray(out, 0, PIECE, stored, 0, stored.length))
                    .sum();
        }
    }

    private long expandByStream() throws IOException {
        byte[] out = new byte[PIECE];
        byte[] stored = Zstd.compress(pieces.get(pieces.size() / 2), 3);
        long sum = 0;
        for (int round = 0; round < pieces.size(); round++) {
            try (InputStream in = new ZstdCompressorInputStream(new ByteArrayInputStream(stored))) {
                sum += in.readNBytes(out, 0, PIECE);
            }
        }
        return sum;
    }

    private long zstdOnNoise() {
        byte[] noise = new byte[PIECE];
        new Random(1).nextBytes(noise);
        byte[] out = new byte[2 * PIECE];
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            context.setLevel(3);
            return pieces.stream()
                    .mapToLong(piece -> context.compressByteArray(out, 0, out.length, noise, 0, noise.length))
                    .sum();
        }
    }

    private long seal() {
        PackCipher cipher = PackCipher.sealing(ring, PackClass.DATA, new SecureRandom());
        byte[] out = new byte[(int) Frames.sealedLength(PIECE)];
        int number = 0;
        for (byte[] piece : pieces) {
            cipher.seal(Section.segment(number++), piece, 0, piece.length, out, 0);
        }
        return number;
    }

    private long segments(Compression compression) throws IOException {
        PackCipher cipher = PackCipher.sealing(ring, PackClass.DATA, new SecureRandom());
        SegmentBuilder builder = new SegmentBuilder();
        var id = ChunkIds.of(ring).of(new byte[1]);
        long sum = 0;
        int number = 0;
        try (SegmentSealer sealer = new SegmentSealer(compression)) {
            for (byte[] piece : pieces) {
                builder.add(id, piece, 0, piece.length);
                try (SegmentBuilder.Raw raw = builder.take();
                        SealedSegment sealed = sealer.seal(cipher, number++, raw)) {
                    sum += sealed.length();
                }
            }
        }
        return sum;
    }

    private long open() throws IOException {
        PackCipher cipher = PackCipher.sealing(ring, PackClass.DATA, new SecureRandom());
        SegmentBuilder builder = new SegmentBuilder();
        byte[] first = pieces.get(pieces.size() / 2);
        builder.add(ChunkIds.of(ring).of(first), first, 0, first.length);
        byte[] out = new byte[PIECE];
        try (SegmentSealer sealer = new SegmentSealer(Compression.USUAL);
                SegmentOpener opener = new SegmentOpener();
                SealedSegment sealed = sealer.seal(cipher, 0, builder.take())) {
            for (int round = 0; round < pieces.size(); round++) {
                opener.open(cipher, sealed.at(96), sealed.octets(), 0, out);
            }
        }
        return out[0];
    }

    private static List<byte[]> load(Path folder) throws IOException {
        List<byte[]> pieces = new ArrayList<>();
        byte[] piece = new byte[PIECE];
        int filled = 0;
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.filter(Files::isRegularFile)
                    .filter(Files::isReadable)
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            byte[] octets = Files.readAllBytes(file);
            for (int at = 0; at < octets.length && pieces.size() < MOST / PIECE; ) {
                int step = Math.min(PIECE - filled, octets.length - at);
                System.arraycopy(octets, at, piece, filled, step);
                at += step;
                filled += step;
                if (filled == PIECE) {
                    pieces.add(piece);
                    piece = new byte[PIECE];
                    filled = 0;
                }
            }
        }
        return pieces;
    }
}
