package org.cranny.central;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.cranny.central.dump.DumpHosts;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.receipt.Kept;
import org.cranny.protocol.receipt.KeptList;

/** Hosts that keep central's dumps in memory. */
final class FakeDumpHosts implements DumpHosts {
    final Map<Long, Map<String, byte[]>> shelves = new TreeMap<>();
    final Set<Long> away = new HashSet<>();
    int written;

    private Map<String, byte[]> shelf(Host host) throws IOException {
        if (away.contains(host.id())) {
            throw new IOException(host.name() + " is away");
        }
        return shelves.computeIfAbsent(host.id(), any -> new TreeMap<>());
    }

    @Override
    public void put(Host host, FragmentId fragment, Path octets) throws IOException {
        Map<String, byte[]> shelf = shelf(host);
        written++;
        shelf.put(fragment.toString(), Files.readAllBytes(octets));
    }

    @Override
    public byte[] read(Host host, FragmentId fragment, int length) throws IOException {
        byte[] octets = shelf(host).get(fragment.toString());
        if (octets == null || octets.length < length) {
            throw new IOException(host.name() + " does not have it");
        }
        return octets;
    }

    /** A page has one entry. */
    @Override
    public KeptList list(Host host, FragmentId after) throws IOException {
        TreeMap<String, byte[]> rest = new TreeMap<>(shelf(host));
        Map.Entry<String, byte[]> next = after == null ? rest.firstEntry() : rest.higherEntry(after.toString());
        return next == null
                ? new KeptList(java.util.List.of(), null)
                : new KeptList(java.util.List.of(new Kept(next.getKey(), next.getValue().length)), next.getKey());
    }

    @Override
    public void close() {}
}
