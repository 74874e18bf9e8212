package org.cranny.engine.restore;

import java.io.IOException;
import java.util.Optional;
import org.cranny.engine.posix.Extent;
import org.cranny.engine.tree.ExtentReader;

/** Lays chunks, one after the other, over the data extents of a file. */
final class Placing {
    private final ExtentReader extents;
    private Optional<Extent> current = Optional.empty();
    private long inExtent;

    Placing(ExtentReader extents) {
        this.extents = extents;
    }

    interface Part {
        void at(int inChunk, int length, long offset);
    }

    void place(int chunkLength, Part part) throws IOException {
        int inChunk = 0;
        while (inChunk < chunkLength) {
            Extent at = extent();
            int length = (int) Math.min(chunkLength - inChunk, at.length() - inExtent);
            part.at(inChunk, length, at.offset() + inExtent);
            inChunk += length;
            inExtent += length;
            if (inExtent == at.length()) {
                current = Optional.empty();
                inExtent = 0;
            }
        }
    }

    private Extent extent() throws IOException {
        if (current.isEmpty()) {
            current = extents.next();
        }
        return current.orElseThrow(() -> new IOException("the snapshot has more content for a file than its size"));
    }

    /** @throws IOException when there were fewer octets than the file has */
    void end() throws IOException {
        if (current.isPresent() || extents.next().isPresent()) {
            throw new IOException("the snapshot has less content for a file than its size");
        }
    }
}
