package org.cranny.engine.restore;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.cranny.engine.fetch.ContentSink;
import org.cranny.engine.tree.Entry;

/**
 * A snapshot as somebody hands it over who may read it, to whoever only writes. Paths are absolute, raw octets. A folder
 * whose attributes are {@link org.cranny.engine.tree.Attributes#HIDDEN} is only on the way to what is brought back.
 */
public interface Handover {
    /** What stands under this path; empty also for what is not for us. */
    Optional<Entry> find(byte[] path) throws IOException;

    /**
     * The next entries of a folder, in the order of names; none at the end.
     *
     * @param after name that the page before ended with, or null
     */
    List<Entry> list(byte[] folder, byte[] after) throws IOException;

    /**
     * Gives the content of files to the sink, one after the other, on the calling thread.
     *
     * @throws BrokenOffException when the file that was begun last breaks; those after it were not given, and may be asked
     *     for again
     */
    void contents(List<byte[]> paths, ContentSink sink) throws IOException;

    /** The content of a file broke off in the middle. */
    final class BrokenOffException extends IOException {
        private static final long serialVersionUID = 1L;

        public BrokenOffException(String message) {
            super(message);
        }
    }
}
