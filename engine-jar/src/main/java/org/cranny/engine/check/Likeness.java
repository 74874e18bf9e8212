package org.cranny.engine.check;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import org.cranny.engine.chunking.ChunkIds;
import org.cranny.engine.posix.Extent;
import org.cranny.engine.tree.FileParts;
import org.cranny.engine.tree.NodeSource;
import org.cranny.engine.tree.Thing;

/** Whether octets on the disk are those that a snapshot names. Memory: one chunk. */
final class Likeness {
    private static final int STEP = 1 << 17;

    private Likeness() {}

    /** Names the chunks of a file again, from what the disk has. */
    static boolean isRight(Path file, Thing.File wanted, ChunkIds ids, NodeSource nodes) throws IOException {
        if (Files.size(file) != wanted.size()) {
            return false;
        }
        boolean[] right = {true};
        try (FileChannel octets = FileChannel.open(file)) {
            Data data = new Data(octets, FileParts.extents(wanted, nodes).iterator());
            FileParts.chunks(wanted, nodes, chunk -> {
                byte[] read = data.next(chunk.length());
                right[0] &= read.length == chunk.length() && ids.of(read).equals(chunk.id());
            });
        }
        return right[0];
    }

    static boolean same(InputStream one, InputStream other) throws IOException {
        while (true) {
            byte[] a = one.readNBytes(STEP);
            byte[] b = other.readNBytes(STEP);
            if (!Arrays.equals(a, b)) {
                return false;
            }
            if (a.length == 0) {
                return true;
            }
        }
    }

    /** The data extents of a file, one after the other. */
    private static final class Data {
        private final FileChannel octets;
        private final Iterator<Extent> extents;
        private long at;
        private long end;

        Data(FileChannel octets, Iterator<Extent> extents) {
            this.octets = octets;
            this.extents = extents;
        }

        /** As many octets as are wanted; fewer at the end. */
        byte[] next(int wanted) throws IOException {
            ByteBuffer into = ByteBuffer.allocate(wanted);
            while (into.hasRemaining() && (at < end || advance())) {
                int step = (int) Math.min(into.remaining(), end - at);
                int read = octets.read(into.slice(into.position(), step), at);
                if (read < 0) {
                    break;
                }
                into.position(into.position() + read);
                at += read;
            }
            return Arrays.copyOf(into.array(), into.position());
        }

        private boolean advance() {
            if (!extents.hasNext()) {
                return false;
            }
            Extent next = extents.next();
            at = next.offset();
            end = next.end();
            return true;
        }
    }
}
