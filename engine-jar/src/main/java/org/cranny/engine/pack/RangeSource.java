package org.cranny.engine.pack;

import java.io.IOException;

/** The octets of one pack, wherever they are kept. What they are worth, their seals say. */
public interface RangeSource {
    /** Exactly {@code length} octets from {@code offset}; fewer is a failure. */
    byte[] read(long offset, int length) throws IOException;

    /** Octets of the whole pack. */
    long length() throws IOException;
}
