package org.cranny.engine.restore;

import java.io.IOException;
import org.cranny.engine.tree.Thing;

/** Where the content of files comes from, many files at a time. One thread orders and brings. */
interface Contents extends AutoCloseable {
    /** Is run when no more can be ordered before what was ordered is brought. */
    @FunctionalInterface
    interface Full {
        void run() throws IOException;
    }

    /**
     * Wants all of a file.
     *
     * @param path relative to the root, raw octets
     */
    void order(FilePlan plan, byte[] path, Thing.File file, Full full) throws IOException;

    /** Whether what was ordered had better be brought now. */
    boolean isFull();

    /** Begins to bring what was ordered; what was begun before has been awaited. */
    void begin() throws IOException;

    /** Returns when everything that was begun was written, or failed and was said so. */
    void await() throws IOException, InterruptedException;

    /** Octets that came so far. */
    long fetched();

    /** Whether files are written under another name until they are complete. */
    boolean aside();

    @Override
    void close() throws IOException;
}
