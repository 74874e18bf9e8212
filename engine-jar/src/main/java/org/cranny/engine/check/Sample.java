package org.cranny.engine.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.tree.Entries;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.Thing;

/**
 * How many of a snapshot's files are drawn by lot: each with the same chance, or as many as fit into so many octets.
 *
 * @param share from 0 to 1; each file is drawn with this probability
 * @param mostBytes sum of the sizes
 */
public record Sample(double share, long mostBytes) {
    private static final int DEEPEST = 4096;

    public Sample {
        if (!(share > 0 && share <= 1) || mostBytes < 1) {
            throw new IllegalArgumentException("a sample has something");
        }
    }

    public static Sample ofShare(double share) {
        return new Sample(share, Long.MAX_VALUE);
    }

    public static Sample ofBytes(long bytes) {
        return new Sample(1, bytes);
    }

    /** A file that was drawn. @param path absolute, raw octets */
    @SuppressWarnings("ArrayRecordComponent")
    record Drawn(byte[] path, Entry entry, double lot) {
        long size() {
            return file().size();
        }

        Thing.File file() {
            return (Thing.File) entry.thing();
        }
    }

    /** Draws, in the order of the tree. Memory holds what is drawn. */
    List<Drawn> draw(SnapshotTree tree, RandomGenerator random) throws IOException {
        Drawing drawing = new Drawing(tree, random);
        drawing.folder(tree.root(), new byte[] {'/'}, 0);
        List<Drawn> drawn = new ArrayList<>(drawing.drawn);
        drawn.sort((a, b) -> Arrays.compareUnsigned(a.path(), b.path()));
        return drawn;
    }

    private final class Drawing {
        private final SnapshotTree tree;
        private final RandomGenerator random;
        private final PriorityQueue<Drawn> drawn =
                new PriorityQueue<>(Comparator.comparingDouble(Drawn::lot).reversed());
        private long bytes;

        Drawing(SnapshotTree tree, RandomGenerator random) {
            this.tree = tree;
            this.random = random;
        }

        void folder(ChunkId node, byte[] path, int depth) throws IOException {
            if (depth > DEEPEST) {
                throw new IOException("The snapshot's folders are nested more than " + DEEPEST + " deep.");
            }
            Entries entries = tree.list(node);
            for (Optional<Entry> next = entries.next(); next.isPresent(); next = entries.next()) {
                Entry entry = next.get();
                byte[] below = PathBytes.join(path, entry.name());
                if (entry.thing() instanceof Thing.Directory directory) {
                    folder(directory.node(), below, depth + 1);
                } else if (entry.thing() instanceof Thing.File) {
                    offer(new Drawn(below, entry, random.nextDouble()));
                }
            }
        }

        private void offer(Drawn file) {
            if (file.lot() >= share || file.size() > mostBytes) {
                return;
            }
            drawn.add(file);
            bytes += file.size();
            while (bytes > mostBytes) {
                bytes -= drawn.remove().size();
            }
        }
    }
}
