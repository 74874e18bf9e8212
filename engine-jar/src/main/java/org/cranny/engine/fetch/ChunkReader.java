package org.cranny.engine.fetch;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.index.ChunkIndex;
import org.cranny.engine.index.Location;
import org.cranny.engine.index.PackRow;
import org.cranny.engine.pack.PackFile;
import org.cranny.engine.pack.PackReader;
import org.cranny.engine.pack.RangeSource;
import org.cranny.engine.sealing.PackException;
import org.cranny.engine.sealing.PackHeader;
import org.cranny.engine.segment.SegmentOpener;
import org.cranny.engine.segment.SegmentRef;
import org.cranny.engine.source.Records;
import org.cranny.engine.tree.NodeSource;
import org.cranny.protocol.fragment.FragmentId;

/**
 * Opens chunks of one source: tree packs from its own disk, others from a {@link PackSource}. What does not open is
 * fetched from another copy. The segments opened last are kept, because nodes that are read together lie together.
 * Thread-safe.
 */
public final class ChunkReader implements NodeSource, Closeable {
    private static final int SEGMENTS_KEPT = 8;
    private static final int READERS_KEPT = 256;

    private final Records source;
    private final ChunkIndex index;
    private final PackSource packs;
    private final SegmentOpener opener = new SegmentOpener();
    private final Map<Long, byte[]> segments = lru(SEGMENTS_KEPT);
    private final Map<FragmentId, PackReader> readers = lru(READERS_KEPT);

    public ChunkReader(Records source, PackSource packs) {
        this.source = source;
        this.index = source.index();
        this.packs = packs;
    }

    /** Where a chunk is. @throws UnknownChunkException when this source does not know it */
    public Location locate(ChunkId id) throws IOException {
        return index.lookup(id).orElseThrow(() -> new UnknownChunkException(id));
    }

    @Override
    public byte[] load(ChunkId id) throws IOException {
        Location location = locate(id);
        byte[] raw = keptSegment(location);
        return Arrays.copyOfRange(raw, location.offset(), location.offset() + location.length());
    }

    /** What is known of the pack with this ordinal. */
    public PackRow pack(int ordinal) throws IOException {
        return index.packs().row(ordinal);
    }

    /** The octets of a segment, all its chunks one after the other. */
    public byte[] openSegment(PackRow pack, int segment) throws IOException {
        SegmentRef ref = pack.segments().get(segment);
        while (true) {
            try {
                return reader(pack).openSegment(ref);
            } catch (PackException e) {
                retryOrThrow(pack.id(), e);
            }
        }
    }

    /**
     * Opens a segment from sealed octets that were fetched together with others; fetches again what does not open, which
     * also shows whose octets they were.
     *
     * @param raw takes the segment from 0 on
     */
    public void openSegment(PackRow pack, int segment, byte[] sealed, int from, byte[] raw) throws IOException {
        SegmentRef ref = pack.segments().get(segment);
        try {
            reader(pack).openSegment(ref, sealed, from, raw);
        } catch (PackException e) {
            byte[] again = openSegment(pack, segment);
            System.arraycopy(again, 0, raw, 0, again.length);
        }
    }

    /** A range of a pack, from disk when it is here. */
    public byte[] readRange(PackRow pack, long offset, int length) throws IOException {
        return range(pack).read(offset, length);
    }

    @Override
    public void close() throws IOException {
        opener.close();
        synchronized (readers) {
            readers.values().forEach(PackReader::close);
            readers.clear();
        }
    }

    private byte[] keptSegment(Location location) throws IOException {
        long key = (long) location.pack() << 32 | location.segment();
        synchronized (segments) {
            byte[] kept = segments.get(key);
            if (kept != null) {
                return kept;
            }
        }
        byte[] raw = openSegment(pack(location.pack()), location.segment());
        synchronized (segments) {
            segments.put(key, raw);
        }
        return raw;
    }

    private void retryOrThrow(FragmentId pack, PackException e) throws IOException {
        synchronized (readers) {
            readers.remove(pack);
        }
        if (source.packs().has(pack)) {
            source.packs().discard(pack);
            return;
        }
        if (!packs.wasWrong(pack, e)) {
            throw new IOException(
                    "Every copy of pack " + pack.toString().substring(0, 8) + " that can be reached is damaged: "
                            + e.getMessage(),
                    e);
        }
    }

    private PackReader reader(PackRow pack) throws IOException {
        synchronized (readers) {
            PackReader known = readers.get(pack.id());
            if (known != null) {
                return known;
            }
        }
        PackReader opened = openReader(pack);
        synchronized (readers) {
            readers.put(pack.id(), opened);
        }
        return opened;
    }

    private PackReader openReader(PackRow pack) throws IOException {
        while (true) {
            try {
                return PackReader.open(header(pack), range(pack), source.keys(), opener);
            } catch (PackException e) {
                retryOrThrow(pack.id(), e);
            }
        }
    }

    /** Never what a host says it is: what it keeps of another pack would open, too. */
    private PackHeader header(PackRow pack) throws IOException {
        if (pack.header() != null) {
            return pack.header();
        }
        if (source.packs().has(pack.id())) {
            try (PackFile file = PackFile.open(source.packs().file(pack.id()))) {
                return PackHeader.parse(file.read(0, PackHeader.LENGTH));
            }
        }
        return packs.header(pack.id(), pack.length());
    }

    private RangeSource range(PackRow pack) {
        return new RangeSource() {
            @Override
            public byte[] read(long offset, int length) throws IOException {
                if (source.packs().has(pack.id())) {
                    try (PackFile file = PackFile.open(source.packs().file(pack.id()))) {
                        return file.read(offset, length);
                    }
                }
                return packs.read(pack.id(), offset, length);
            }

            @Override
            public long length() {
                return pack.length();
            }
        };
    }

    private static <K, V> Map<K, V> lru(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }
}
