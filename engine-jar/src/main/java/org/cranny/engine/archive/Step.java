package org.cranny.engine.archive;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Future;
import org.cranny.engine.posix.Extent;
import org.cranny.engine.tree.Entry;

/** What the walk hands to the writer, in the order of the archive. */
sealed interface Step {
    /** Something without content of its own. */
    @SuppressWarnings("ArrayRecordComponent")
    record Plain(byte[] path, Entry entry, byte[] linkTo) implements Step {}

    /** A small file: written when all of it is here, left out when it is not. */
    @SuppressWarnings("ArrayRecordComponent")
    record Small(byte[] path, Entry entry, List<Extent> extents, List<Piece> pieces) implements Step {}

    /** The beginning of a large file; its pieces follow. */
    @SuppressWarnings("ArrayRecordComponent")
    record Large(byte[] path, Entry entry, List<Extent> extents) implements Step {}

    /** The next octets of a large file. */
    record More(Piece piece) implements Step {}

    /** The end of a large file. */
    record LargeEnds() implements Step {}

    /** A file whose tree or index cannot be read. */
    @SuppressWarnings("ArrayRecordComponent")
    record Lost(byte[] path, Entry entry, IOException reason) implements Step {}

    /** Everything was handed over, or the walk failed. @param failure null at the end */
    record End(Throwable failure) implements Step {}

    /**
     * A chunk in the segment that is on its way.
     *
     * @param cost octets that this piece was the first to ask for; given back when the next such one is written
     */
    record Piece(Future<byte[]> segment, int from, int length, int cost) {}
}
