package org.cranny.bench.micro;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.chunking.ChunkIds;
import org.cranny.engine.chunking.FastCdc;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.sealing.Frames;
import org.cranny.engine.sealing.PackCipher;
import org.cranny.engine.sealing.Section;
import org.cranny.engine.segment.Compression;
import org.cranny.engine.segment.SealedSegment;
import org.cranny.engine.segment.SegmentBuilder;
import org.cranny.engine.segment.SegmentSealer;
import org.cranny.engine.tree.Attributes;
import org.cranny.engine.tree.ChunkRef;
import org.cranny.engine.tree.Content;
import org.cranny.engine.tree.DataMap;
import org.cranny.engine.tree.Entries;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.Nodes;
import org.cranny.engine.tree.Thing;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.snapshot.PackClass;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The parts of a backup one by one, on one thread: calls a second, each of a MiB or of a folder of 1,000 files. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class Parts {
    private static final int MIB = 1 << 20;
    private static final int FILES = 1_000;

    private final KeyRing ring = Octets.ring();
    private final SecureRandom random = new SecureRandom();
    private final ChunkIds ids = ChunkIds.of(ring);
    private final FastCdc cdc = FastCdc.of(ring);
    private final SegmentSealer sealer = new SegmentSealer(Compression.USUAL);
    private final SegmentBuilder builder = new SegmentBuilder();
    private final byte[] text = Octets.text(MIB);
    private final byte[] noise = Octets.noise(4 * MIB);
    private final byte[] sealed = new byte[(int) Frames.sealedLength(MIB)];
    private final Map<ChunkId, byte[]> nodes = new HashMap<>();
    private final List<Entry> before = folder(0);
    private final List<Entry> after = folder(1);
    private PackCipher cipher;
    private int number;
    private ChunkId left;
    private ChunkId right;

    @Setup(Level.Trial)
    public void storeFolders() throws IOException {
        left = Nodes.encode(before, this::store);
        right = Nodes.encode(after, this::store);
    }

    @TearDown(Level.Trial)
    public void close() {
        sealer.close();
    }

    /** Four MiB are cut where they say. */
    @Benchmark
    public int chunk4MiB() {
        int cuts = 0;
        for (int at = 0; at < noise.length; cuts++) {
            at += cdc.cut(noise, at, noise.length - at, true);
        }
        return cuts;
    }

    /** A chunk's name, under the source's key. */
    @Benchmark
    public ChunkId nameChunk() {
        return ids.of(text);
    }

    /** A fragment's name, with its leaves. */
    @Benchmark
    public FragmentId nameFragment() {
        FragmentHasher hasher = new FragmentHasher();
        hasher.update(text, 0, text.length);
        return hasher.finish();
    }

    @Benchmark
    public int seal() {
        return cipher().seal(Section.segment(number), text, 0, text.length, sealed, 0);
    }

    /** All that becomes of a segment of text: compressed, sealed, opened again, compared. */
    @Benchmark
    public int compressSealAndOpenAgain() throws IOException {
        return segment(text, MIB);
    }

    /** The same of one that does not shrink. */
    @Benchmark
    public int sealNoiseAndOpenAgain() throws IOException {
        return segment(noise, MIB);
    }

    @Benchmark
    public ChunkId encodeFolder() throws IOException {
        return Nodes.encode(before, this::store);
    }

    /** Two folders that differ in one file, entry by entry. */
    @Benchmark
    public int compareFolders() throws IOException {
        Entries these = Nodes.read(left, nodes::get);
        Entries those = Nodes.read(right, nodes::get);
        int different = 0;
        Optional<Entry> one = these.next();
        Optional<Entry> other = those.next();
        while (one.isPresent() && other.isPresent()) {
            if (!one.get().equals(other.get())) {
                different++;
            }
            one = these.next();
            other = those.next();
        }
        return different;
    }

    private int segment(byte[] octets, int length) throws IOException {
        PackCipher open = cipher();
        builder.add(ids.of(octets, 0, 16), octets, 0, length);
        try (SegmentBuilder.Raw raw = builder.take();
                SealedSegment segment = sealer.seal(open, number, raw)) {
            return segment.length();
        }
    }

    /** A pack's cipher seals so many segments and no more, as in a backup. */
    private PackCipher cipher() {
        number++;
        if (cipher == null || number == 16) {
            cipher = PackCipher.sealing(ring, PackClass.DATA, random);
            number = 0;
        }
        return cipher;
    }

    private ChunkId store(byte[] node) {
        ChunkId id = ids.of(node);
        nodes.put(id, node);
        return id;
    }

    private List<Entry> folder(int changed) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            int seed = i == FILES / 2 ? changed : i;
            ChunkRef chunk = new ChunkRef(ids.of(new byte[] {(byte) seed, (byte) (seed >> 8), (byte) (i >> 8)}), MIB);
            byte[] name = String.format("file-%04d.txt", i).getBytes(StandardCharsets.US_ASCII);
            Thing file = new Thing.File(MIB, new Content.Inline(List.of(chunk)), DataMap.DENSE);
            entries.add(new Entry(name, Attributes.HIDDEN, file, 0));
        }
        return entries;
    }
}
