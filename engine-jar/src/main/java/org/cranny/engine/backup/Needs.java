package org.cranny.engine.backup;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.fetch.ChunkReader;
import org.cranny.engine.fetch.PackSource;
import org.cranny.engine.fetch.UnknownChunkException;
import org.cranny.engine.index.Location;
import org.cranny.engine.index.PackTable;
import org.cranny.engine.snapshot.PackHistory;
import org.cranny.engine.source.Source;
import org.cranny.engine.tree.DataMap;
import org.cranny.engine.tree.Entries;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.FileParts;
import org.cranny.engine.tree.NodeSource;
import org.cranny.engine.tree.Nodes;
import org.cranny.engine.tree.Thing;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.snapshot.PackClass;
import org.cranny.protocol.snapshot.PackEntry;

/**
 * Which packs one tree needs: those that hold its nodes and the chunks of its files, and the index packs that came with
 * any of these. Finding it out proves on the way that every chunk of the tree has a place.
 *
 * <p>Memory: eight octets a pack, and one node for each folder on the way down.
 */
final class Needs {
    private final PackTable packs;
    private final PackHistory history;
    private final long[] octets;
    private final Set<Long> versions = new HashSet<>();

    private Needs(PackTable packs, PackHistory history) {
        this.packs = packs;
        this.history = history;
        this.octets = new long[packs.count()];
    }

    /**
     * Goes through the whole tree.
     *
     * @throws UnknownChunkException when a chunk of it is in no pack that is known here: the snapshot would not be whole
     * @throws IOException when a node cannot be read now
     */
    static Needs of(ChunkId root, Source source, PackSource hosts, PackHistory history) throws IOException {
        Needs needs = new Needs(source.index().packs(), history);
        try (ChunkReader chunks = new ChunkReader(source, hosts)) {
            new Visit(chunks, (id, at) -> needs.octets[at.pack()] += at.length()).folder(root);
        }
        needs.note();
        return needs;
    }

    /**
     * Has all chunks of the tree that lie in some packs sealed anew; from then on the tree does not need these packs.
     *
     * @param moved ordinals of the packs
     * @param sink gets each chunk once
     * @throws IOException when a chunk cannot be read now; the packs are needed as before
     */
    void move(Set<Integer> moved, ChunkId root, Source source, PackSource hosts, Resealing sink)
            throws IOException, InterruptedException {
        try (ChunkReader chunks = new ChunkReader(source, hosts)) {
            new Visit(chunks, (id, at) -> {
                        if (moved.contains(at.pack())) {
                            sink.add(packs.row(at.pack()).packClass(), id, chunks.load(id));
                        }
                    })
                    .folder(root);
        }
        sink.settle();
        moved.forEach(ordinal -> octets[ordinal] = 0);
        versions.clear();
        note();
    }

    /** Takes chunks that are to be sealed anew. */
    interface Resealing {
        void add(PackClass packClass, ChunkId id, byte[] octets) throws IOException;

        /** Returns when all of them are on hosts and known. */
        void settle() throws IOException, InterruptedException;
    }

    /** The versions that first named these packs; index packs named with them have their footers. */
    private void note() {
        for (int ordinal = 0; ordinal < octets.length; ordinal++) {
            if (octets[ordinal] > 0) {
                versions.add(history.first(packs.id(ordinal)));
            }
        }
    }

    /** Whether the tree needs this pack. */
    boolean has(PackEntry pack) {
        return pack.packClass() == PackClass.INDEX
                ? versions.contains(history.first(pack.pack()))
                : octets(pack.pack()) > 0;
    }

    /** Octets of the pack's chunks in the tree, before compression; a chunk that stands there twice counts twice. */
    long octets(FragmentId pack) {
        OptionalInt ordinal = packs.ordinal(pack);
        return ordinal.isPresent() && ordinal.getAsInt() < octets.length ? octets[ordinal.getAsInt()] : 0;
    }

    private interface Use {
        void of(ChunkId chunk, Location at) throws IOException;
    }

    private static final class Visit {
        private final ChunkReader chunks;
        private final Use use;
        private final NodeSource nodes = this::load;

        Visit(ChunkReader chunks, Use use) {
            this.chunks = chunks;
            this.use = use;
        }

        void folder(ChunkId node) throws IOException {
            Entries entries = Nodes.read(node, nodes);
            for (Optional<Entry> next = entries.next(); next.isPresent(); next = entries.next()) {
                if (next.get().thing() instanceof Thing.Directory directory) {
                    folder(directory.node());
                } else if (next.get().thing() instanceof Thing.File file) {
                    file(file);
                }
            }
        }

        private void file(Thing.File file) throws IOException {
            FileParts.chunks(file, nodes, chunk -> use.of(chunk.id(), chunks.locate(chunk.id())));
            if (file.data() instanceof DataMap.Listed) {
                FileParts.extents(file, nodes);
            }
        }

        private byte[] load(ChunkId node) throws IOException {
            use.of(node, chunks.locate(node));
            return chunks.load(node);
        }
    }

    @Override
    public String toString() {
        return "Needs[" + Arrays.stream(octets).filter(each -> each > 0).count() + " packs]";
    }
}
