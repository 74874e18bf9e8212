package org.cranny.engine.pack;

import java.io.IOException;

/** The octets of one pack, wherever they are kept. What they are worth, their seals say. */
public interface RangeSource {
    /** Exactly {@code length} octets from {@code offset}; fewer is a failure. */
    byte[] read(long offset, int length) throws IOException;

    /** As {@link #read(long, int)}, into an array that has room from 0 on. */
    default void read(long offset, int length, byte[] into) throws IOException {
        System.arraycopy(PackReader.exactly(read(offset, length), offset, length), 0, into, 0, length);
    }

    /** Octets of the whole pack. */
    long length() throws IOException;
}
