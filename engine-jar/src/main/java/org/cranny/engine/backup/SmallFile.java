package org.cranny.engine.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.chunking.ChunkIds;
import org.cranny.engine.posix.PosixException;
import org.cranny.engine.posix.Xattr;
import org.cranny.engine.tree.ChunkRef;
import org.cranny.engine.tree.Content;
import org.cranny.engine.tree.DataMap;
import org.cranny.engine.tree.Thing;
import org.cranny.engine.walk.Contents;
import org.cranny.engine.walk.Walk;
import org.cranny.protocol.snapshot.PackClass;

/**
 * What came of reading one small file: its octets, already named, or why there are none.
 *
 * @param octets all of the file; null when there are none
 * @param id of the octets, null when there are none
 * @param trouble a line for people when something went wrong, else null
 * @param readable whether the octets may be kept
 */
record SmallFile(Slabs.Piece octets, ChunkId id, List<Xattr> xattrs, String trouble, boolean readable)
        implements AutoCloseable {
    /** Below this a file is one chunk. */
    static final int LIMIT = 256 << 10;

    private static final ThreadLocal<ByteBuffer> BUFFERS =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(LIMIT));

    /** Reads a file whole; one that changes meanwhile is read once more. For any thread. */
    static SmallFile read(Walk walk, ChunkIds ids, Slabs slabs, byte[] path) {
        try {
            SmallFile first = attempt(walk, ids, slabs, path);
            if (first.trouble() == null) {
                return first;
            }
            first.close();
            return attempt(walk, ids, slabs, path);
        } catch (IOException e) {
            return new SmallFile(null, null, List.of(), trouble(e), false);
        }
    }

    private static SmallFile attempt(Walk walk, ChunkIds ids, Slabs slabs, byte[] path) throws IOException {
        try (Contents contents = walk.contents(path)) {
            ByteBuffer buffer = BUFFERS.get().clear();
            int filled = fill(contents, buffer);
            List<Xattr> xattrs = contents.xattrs();
            boolean calm = filled == contents.stat().size() && contents.isUnchanged();
            String trouble = calm ? null : "changed while it was read";
            if (filled == 0) {
                return new SmallFile(null, null, xattrs, trouble, true);
            }
            Slabs.Piece octets = slabs.lend(filled);
            buffer.flip().get(octets.octets(), octets.from(), filled);
            ChunkId id = ids.of(octets.octets(), octets.from(), filled);
            return new SmallFile(octets, id, xattrs, trouble, true);
        }
    }

    /** Of the file, as it was read. */
    int length() {
        return octets == null ? 0 : octets.length();
    }

    /** Gives the room of its octets back. */
    @Override
    public void close() {
        if (octets != null) {
            octets.close();
        }
    }

    /** Gives its octets away, unless it has none. */
    void packInto(ChunkSink packing) throws IOException, InterruptedException {
        if (octets != null) {
            packing.add(PackClass.DATA, id, octets.octets(), octets.from(), octets.length());
        }
    }

    /** What stands for it in a tree. */
    Thing.File file() {
        Content content = octets == null ? Content.EMPTY : new Content.Inline(List.of(new ChunkRef(id, length())));
        return new Thing.File(length(), content, DataMap.DENSE);
    }

    private static int fill(Contents contents, ByteBuffer buffer) throws PosixException {
        int filled = 0;
        while (buffer.hasRemaining()) {
            int read = contents.read(buffer, filled);
            if (read <= 0) {
                break;
            }
            filled += read;
        }
        return filled;
    }

    /** One line for people about a file that could not be read. */
    static String trouble(IOException e) {
        if (e instanceof PosixException refused) {
            if (refused.isVanished()) {
                return "vanished before it was read";
            }
            if (refused.isDenied()) {
                return "may not be read by this user";
            }
        }
        return "cannot be read: " + e.getMessage();
    }
}
