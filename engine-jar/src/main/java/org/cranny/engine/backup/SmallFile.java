package org.cranny.engine.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.chunking.ChunkIds;
import org.cranny.engine.posix.PosixException;
import org.cranny.engine.posix.Xattr;
import org.cranny.engine.walk.Contents;
import org.cranny.engine.walk.Walk;

/**
 * What came of reading one small file: its octets, already named, or why there are none.
 *
 * @param octets all of the file; empty for an empty one
 * @param id of the octets, null when there are none
 * @param trouble a line for people when something went wrong, else null
 * @param readable whether the octets may be kept
 */
@SuppressWarnings("ArrayRecordComponent")
record SmallFile(byte[] octets, ChunkId id, List<Xattr> xattrs, String trouble, boolean readable) {
    /** Below this a file is one chunk. */
    static final int LIMIT = 256 << 10;

    private static final byte[] NO_OCTETS = {};
    private static final ThreadLocal<ByteBuffer> BUFFERS =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(LIMIT));

    /** Reads a file whole; one that changes meanwhile is read once more. For any thread. */
    static SmallFile read(Walk walk, ChunkIds ids, byte[] path) {
        try {
            SmallFile first = attempt(walk, ids, path);
            return first.trouble() == null ? first : attempt(walk, ids, path);
        } catch (IOException e) {
            return new SmallFile(NO_OCTETS, null, List.of(), trouble(e), false);
        }
    }

    private static SmallFile attempt(Walk walk, ChunkIds ids, byte[] path) throws IOException {
        try (Contents contents = walk.contents(path)) {
            ByteBuffer buffer = BUFFERS.get().clear();
            int filled = fill(contents, buffer);
            byte[] octets = filled == 0 ? NO_OCTETS : new byte[filled];
            buffer.flip().get(octets);
            ChunkId id = octets.length == 0 ? null : ids.of(octets);
            List<Xattr> xattrs = contents.xattrs();
            boolean calm = filled == contents.stat().size() && contents.isUnchanged();
            return new SmallFile(octets, id, xattrs, calm ? null : "changed while it was read", true);
        }
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
