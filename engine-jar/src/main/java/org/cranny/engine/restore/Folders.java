package org.cranny.engine.restore;

import java.io.IOException;
import java.util.Optional;
import org.cranny.engine.fetch.Wanted;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.Thing;

/** The folders of what is brought back. */
interface Folders {
    /** {@code /}. */
    Thing.Directory root();

    /**
     * What is in a folder, in the order of names; may leave out what is not wanted.
     *
     * @param path relative to the root, raw octets
     */
    Rows list(byte[] path, Thing.Directory folder, Wanted wanted) throws IOException;

    /** Whether its node tells a folder from all others. */
    boolean areKnownByNode();

    /** Entries, one after the other. */
    @FunctionalInterface
    interface Rows {
        /** Empty at the end. */
        Optional<Entry> next() throws IOException;
    }
}
