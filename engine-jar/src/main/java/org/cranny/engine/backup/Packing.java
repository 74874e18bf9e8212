package org.cranny.engine.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.pack.IndexEntry;
import org.cranny.engine.pack.PackFooter;
import org.cranny.engine.pack.PackWriter;
import org.cranny.engine.pack.WrittenPack;
import org.cranny.engine.segment.ChunkEntry;
import org.cranny.engine.segment.SealedSegment;
import org.cranny.engine.segment.SegmentBuilder;
import org.cranny.engine.segment.SegmentBuilder.Raw;
import org.cranny.engine.segment.SegmentSealer;
import org.cranny.engine.source.Source;
import org.cranny.protocol.snapshot.NewContent;
import org.cranny.protocol.snapshot.PackClass;

/**
 * Turns chunks, in the order they come, into packs, one lane for each class: new chunks into segments, segments sealed
 * by workers, sealed segments into a pack, full packs to {@link Outgoing}.
 *
 * <p>One thread calls. Memory: a few segments a lane; {@link Outgoing} bounds the packs. A chunk counts as known from
 * the moment it is added; it reaches the index only when its pack is on hosts. What is added again is remembered by name
 * until the end: as much as one compaction moves.
 */
final class Packing implements ChunkSink, AutoCloseable {
    /** So many segments wait for a worker while all are at work, so that none idles. */
    private static final int WAITING = 1;

    private final Path spool;
    private final KeyRing keys;
    private final SecureRandom random;
    private final SegmentSealer sealer;
    private final ExecutorService workers;
    private final int sealingAtOnce;
    private final Source source;
    private final Outgoing outgoing;
    private final Map<PackClass, Lane> lanes = new EnumMap<>(PackClass.class);
    private final Set<ChunkId> underway = new HashSet<>();
    private final Set<ChunkId> again = new HashSet<>();
    private long plainBytes;
    private long storedBytes;

    /** @param workerCount how many {@code workers} there are */
    Packing(
            Source source,
            SegmentSealer sealer,
            ExecutorService workers,
            int workerCount,
            Outgoing outgoing,
            SecureRandom random) {
        this.source = source;
        this.spool = source.spool();
        this.keys = source.keys();
        this.sealer = sealer;
        this.workers = workers;
        this.sealingAtOnce = workerCount + WAITING;
        this.outgoing = outgoing;
        this.random = random;
        for (PackClass each : PackClass.values()) {
            lanes.put(each, new Lane(each));
        }
    }

    @Override
    public boolean knows(ChunkId id) throws IOException {
        return underway.contains(id) || source.index().contains(id);
    }

    @Override
    public void add(PackClass packClass, ChunkId id, byte[] octets, int from, int length)
            throws IOException, InterruptedException {
        if (knows(id)) {
            return;
        }
        underway.add(id);
        lanes.get(packClass).add(id, octets, from, length);
        settle();
    }

    /** Keeps a chunk once more, though another pack holds it; not twice in one backup. */
    void addAgain(PackClass packClass, ChunkId id, byte[] octets) throws IOException, InterruptedException {
        if (again.add(id)) {
            underway.add(id);
            lanes.get(packClass).add(id, octets, 0, octets.length);
            settle();
        }
    }

    /** Ends the open pack of a class and gives it away. */
    void finish(PackClass packClass) throws IOException, InterruptedException {
        lanes.get(packClass).finish();
    }

    /** Takes over what the senders have done. */
    void settle() throws IOException, InterruptedException {
        for (Outgoing.Sent sent = outgoing.poll(); sent != null; sent = outgoing.poll()) {
            settle(sent);
        }
    }

    /** Ends the open packs of files and folders, and waits for all that were given away. */
    void settleContent() throws IOException, InterruptedException {
        finish(PackClass.DATA);
        finish(PackClass.TREE);
        settleAll();
    }

    /** Waits for all packs that were given away. */
    void settleAll() throws IOException, InterruptedException {
        for (Outgoing.Sent sent = outgoing.take(); sent != null; sent = outgoing.take()) {
            settle(sent);
        }
    }

    /** What was new in files, of all packs that are settled. */
    NewContent content() {
        return new NewContent(plainBytes, storedBytes);
    }

    private void count(PackClass packClass, PackFooter footer) {
        if (packClass == PackClass.DATA) {
            for (PackFooter.Segment segment : footer.segments()) {
                plainBytes += segment.ref().rawLength();
                storedBytes += segment.ref().storedLength();
            }
        }
    }

    private void settle(Outgoing.Sent sent) throws IOException, InterruptedException {
        source.learn(sent.pack().entry(), sent.footer(), sent.header());
        count(sent.pack().entry().packClass(), sent.footer());
        for (PackFooter.Segment segment : sent.footer().segments()) {
            for (ChunkEntry chunk : segment.chunks()) {
                underway.remove(chunk.id());
            }
        }
        if (sent.pack().entry().packClass() != PackClass.INDEX) {
            record(sent);
        }
    }

    /** Writes a pack's footer into the index packs, so that the index can be made again from hosts alone. */
    private void record(Outgoing.Sent sent) throws IOException, InterruptedException {
        recordFooter(new IndexEntry(sent.pack().entry().pack(), sent.footer()).encode());
    }

    /** Goes on with a pack of a backup that broke off, which is on hosts. */
    void resume(IndexEntry left) throws IOException, InterruptedException {
        source.holdings()
                .of(left.pack())
                .ifPresent(holding -> count(holding.pack().packClass(), left.footer()));
        recordFooter(left.encode());
    }

    private void recordFooter(byte[] indexEntry) throws IOException, InterruptedException {
        lanes.get(PackClass.INDEX).add(source.chunkIds().of(indexEntry), indexEntry, 0, indexEntry.length);
    }

    @Override
    public void close() throws IOException {
        for (Lane lane : lanes.values()) {
            lane.drop();
        }
    }

    private record Sealing(PackWriter pack, Future<SealedSegment> segment) {}

    /** Segments and packs of one class. A full pack gets its last segments while those of the next one are sealed. */
    private final class Lane {
        private final PackClass packClass;
        private final SegmentBuilder builder = new SegmentBuilder();
        private final Deque<Sealing> sealing = new ArrayDeque<>();
        private final Set<PackWriter> unfinished = new HashSet<>();
        private PackWriter open;

        Lane(PackClass packClass) {
            this.packClass = packClass;
        }

        void add(ChunkId id, byte[] octets, int from, int length) throws IOException, InterruptedException {
            if (!builder.fits(length)) {
                cut();
            }
            builder.add(id, octets, from, length);
        }

        private void cut() throws IOException, InterruptedException {
            if (open == null) {
                open = PackWriter.create(spool, keys, packClass, random);
                unfinished.add(open);
            }
            PackWriter pack = open;
            int number = pack.nextNumber();
            Raw raw = builder.take();
            Future<SealedSegment> segment = workers.submit(() -> {
                try (raw) {
                    return sealer.seal(pack.cipher(), number, raw);
                }
            });
            sealing.add(new Sealing(pack, segment));
            while (sealing.size() > sealingAtOnce) {
                append();
            }
            if (pack.isFull()) {
                open = null;
            }
        }

        private void append() throws IOException, InterruptedException {
            Sealing next = sealing.remove();
            PackWriter pack = next.pack();
            pack.append(await(next.segment()));
            boolean last = sealing.isEmpty() || sealing.peek().pack() != pack;
            if (last && pack != open) {
                WrittenPack written = pack.finish();
                unfinished.remove(pack);
                outgoing.send(written);
            }
        }

        void finish() throws IOException, InterruptedException {
            if (!builder.isEmpty()) {
                cut();
            }
            open = null;
            while (!sealing.isEmpty()) {
                append();
            }
        }

        void drop() throws IOException {
            sealing.forEach(each -> each.segment().cancel(false));
            for (PackWriter pack : unfinished) {
                pack.close();
            }
        }
    }

    private static <T> T await(Future<T> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("a segment could not be sealed", e.getCause());
        }
    }
}
