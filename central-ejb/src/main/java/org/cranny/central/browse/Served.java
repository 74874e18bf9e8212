package org.cranny.central.browse;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.cranny.engine.transfer.Hosts;
import org.cranny.engine.transfer.TransferException;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.signing.Signed;

/** Hosts that are read, and how many octets each gave. */
final class Served implements Hosts {
    private final Hosts hosts;
    private final Map<String, LongAdder> bytes = new ConcurrentHashMap<>();

    Served(Hosts hosts) {
        this.hosts = hosts;
    }

    /** Names of those that gave anything. */
    List<String> names() {
        return bytes.keySet().stream().sorted().toList();
    }

    @Override
    public Signed put(Host host, FragmentId fragment, Path octets) throws TransferException {
        return hosts.put(host, fragment, octets);
    }

    @Override
    public byte[] read(Host host, FragmentId fragment, long offset, int length) throws TransferException {
        byte[] octets = hosts.read(host, fragment, offset, length);
        bytes.computeIfAbsent(host.name(), name -> new LongAdder()).add(octets.length);
        return octets;
    }

    @Override
    public List<Spot> prove(Host host, List<Probe> probes) throws TransferException {
        return hosts.prove(host, probes);
    }

    @Override
    public void close() {
        hosts.close();
    }
}
