package org.cranny.engine.fetch;

import java.io.IOException;
import org.cranny.engine.sealing.PackHeader;
import org.cranny.protocol.fragment.FragmentId;

/** Reads ranges of packs, wherever copies are. Thread-safe. */
public interface PackSource {
    /** Exactly {@code length} octets from {@code offset} of the pack. What they are worth, their seals say. */
    byte[] read(FragmentId pack, long offset, int length) throws IOException;

    /**
     * The pack's header, proven by the pack's id: what opens under another header is another pack, of which a host may have
     * some that open with the same keys.
     *
     * @param length of the pack
     */
    PackHeader header(FragmentId pack, long length) throws IOException;

    /**
     * Says that what this thread read from this pack last time did not open, so that another copy is read next.
     *
     * @return whether there is another copy to try
     */
    boolean wasWrong(FragmentId pack, IOException why);
}
