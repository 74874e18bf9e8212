package org.cranny.engine.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.cranny.engine.posix.Extent;
import org.cranny.engine.tree.Entry;

/**
 * One thing on its way into an archive.
 *
 * @param path from the root, without a slash before it, raw octets
 * @param linkTo path of the file that this is another name of, or null
 * @param extents of a file: where its data is
 * @param content of a file: its data extents, one after the other
 */
@SuppressWarnings("ArrayRecordComponent")
record Item(byte[] path, Entry entry, byte[] linkTo, List<Extent> extents, Content content) {

    /** Gives octets once. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    long dataLength() {
        return extents.stream().mapToLong(Extent::length).sum();
    }
}
