package org.cranny.engine.restore;

import java.io.IOException;
import java.util.List;
import org.cranny.engine.posix.Extent;

/** Lays chunks, one after the other, over the data extents of a file. */
final class Placing {
    private final List<Extent> extents;
    private int extent;
    private long inExtent;

    Placing(List<Extent> extents) {
        this.extents = extents;
    }

    interface Part {
        void at(int inChunk, int length, long offset);
    }

    void place(int chunkLength, Part part) throws IOException {
        int inChunk = 0;
        while (inChunk < chunkLength) {
            if (extent == extents.size()) {
                throw new IOException("the snapshot has more content for a file than its size");
            }
            Extent current = extents.get(extent);
            int length = (int) Math.min(chunkLength - inChunk, current.length() - inExtent);
            part.at(inChunk, length, current.offset() + inExtent);
            inChunk += length;
            inExtent += length;
            if (inExtent == current.length()) {
                extent++;
                inExtent = 0;
            }
        }
    }
}
