package org.cranny.engine.transfer;

import java.nio.file.Path;
import java.util.List;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.signing.Signed;

/**
 * The daemons, as a source sees them ({@code docs/protocol/daemon.md}). All methods may be repeated and are
 * thread-safe; each failure says which host and why.
 */
public interface Hosts extends AutoCloseable {
    /**
     * Stores a fragment.
     *
     * @return the host's signed receipt, checked: right host, source, fragment and length
     */
    Signed put(Host host, FragmentId fragment, Path octets) throws TransferException;

    /** Reads {@code length} octets from {@code offset}; fewer is a failure. What they are worth, their seals say. */
    byte[] read(Host host, FragmentId fragment, long offset, int length) throws TransferException;

    /** Asks for one leaf of each fragment, and answers whether each is really there. */
    List<Spot> prove(Host host, List<Probe> probes) throws TransferException;

    @Override
    void close();

    /** Asks for one 64 KiB leaf of a fragment. */
    record Probe(FragmentId fragment, long length, int leaf) {}

    /** What came back for a probe. @param octets of the leaf; none unless it is proven */
    record Spot(FragmentId fragment, Verdict verdict, byte[] octets) {}

    /** Proven by its Merkle path, not there, or there with other octets. */
    enum Verdict {
        PROVEN,
        MISSING,
        WRONG
    }
}
