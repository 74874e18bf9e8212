package org.cranny.central.dump;

import java.io.IOException;
import java.nio.file.Path;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.receipt.KeptList;

/** Hosts, as central sees them when it keeps its own dumps there. Each failure says which host and why. */
public interface DumpHosts extends AutoCloseable {
    /** Stores a fragment of central's; returns when it is on the host's disk. */
    void put(Host host, FragmentId fragment, Path octets) throws IOException;

    /** Reads a fragment, whole; what it is worth, its id says. */
    byte[] read(Host host, FragmentId fragment, int length) throws IOException;

    /** What a host keeps of central. @param after the last one of the page before, or null */
    KeptList list(Host host, FragmentId after) throws IOException;

    @Override
    void close();
}
