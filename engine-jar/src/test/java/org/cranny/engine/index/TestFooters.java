package org.cranny.engine.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.pack.PackFooter;
import org.cranny.engine.sealing.PackHeader;
import org.cranny.engine.segment.ChunkEntry;
import org.cranny.engine.segment.Codec;
import org.cranny.engine.segment.SegmentRef;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.snapshot.PackClass;

/** Packs that were never written: ids, lengths and footers from one seed. */
final class TestFooters {
    private final Random random;

    TestFooters(long seed) {
        random = new Random(seed);
    }

    record Pack(FragmentId id, long length, PackFooter footer) {
        int addTo(ChunkIndex index) throws IOException {
            return index.add(id, PackClass.DATA, length, footer, null);
        }

        List<ChunkId> chunks() {
            return footer.segments().stream()
                    .flatMap(segment -> segment.chunks().stream())
                    .map(ChunkEntry::id)
                    .toList();
        }
    }

    Pack next(int segments, int chunksInEach) {
        List<ChunkId> ids = new ArrayList<>();
        for (int count = segments * chunksInEach; count > 0; count--) {
            ids.add(ChunkId.of(octets()));
        }
        return of(ids, chunksInEach);
    }

    Pack of(List<ChunkId> ids, int chunksInEach) {
        List<PackFooter.Segment> list = new ArrayList<>();
        long offset = PackHeader.LENGTH;
        for (int from = 0; from < ids.size(); from += chunksInEach) {
            List<ChunkEntry> chunks = ids.subList(from, Math.min(ids.size(), from + chunksInEach)).stream()
                    .map(id -> new ChunkEntry(id, 10 + random.nextInt(90)))
                    .toList();
            int raw = chunks.stream().mapToInt(ChunkEntry::length).sum();
            SegmentRef ref = new SegmentRef(list.size(), offset, raw - 1, raw, Codec.ZSTD);
            list.add(new PackFooter.Segment(ref, chunks));
            offset = ref.end();
        }
        return new Pack(FragmentId.of(octets()), 131_072, new PackFooter(list));
    }

    ChunkId chunk() {
        return ChunkId.of(octets());
    }

    private byte[] octets() {
        byte[] octets = new byte[32];
        random.nextBytes(octets);
        return octets;
    }
}
