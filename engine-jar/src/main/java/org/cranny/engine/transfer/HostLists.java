package org.cranny.engine.transfer;

import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.receipt.KeptList;

/** Hosts that say what they keep of the caller. */
public interface HostLists {
    /** A page in the order of ids. @param after the last one before, or null for the beginning */
    KeptList list(Host host, FragmentId after) throws TransferException;

    /** As {@link Hosts#read}. */
    byte[] read(Host host, FragmentId fragment, long offset, int length) throws TransferException;
}
