package org.cranny.engine.archive;

import java.io.Closeable;
import java.io.IOException;

/** Puts things into an archive of one kind. An archive that was not {@link #finish finished} has no end. */
interface Packer extends Closeable {
    /** @return null, or what of the thing, or that the thing itself, cannot be held */
    String put(Item item) throws IOException;

    /** A file whose content cannot be fetched is left out. */
    default void lost(byte[] path, String reason) throws IOException {}

    /** Whether another name of a file can be a link to it. */
    boolean hasLinks();

    /** Writes the end. */
    void finish() throws IOException;
}
