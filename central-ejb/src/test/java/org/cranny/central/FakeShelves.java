package org.cranny.central;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cranny.engine.transfer.Hosts;
import org.cranny.engine.transfer.TransferException;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.fragment.LeafHashes;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.signing.Signed;

/** Hosts as a source that is not on the network sees them: what they are given they keep in memory, and sign for. */
final class FakeShelves implements Hosts {
    private final Clock clock;
    private final Map<Long, TestMachine> machines = new HashMap<>();
    private final Map<String, byte[]> kept = new ConcurrentHashMap<>();

    /** Whose fragments these are. */
    volatile SystemId source;

    FakeShelves(Clock clock) {
        this.clock = clock;
    }

    void add(TestMachine host) {
        machines.put(host.id.number(), host);
    }

    int fragments() {
        return kept.size();
    }

    @Override
    public Signed put(Host host, FragmentId fragment, Path octets) throws TransferException {
        try {
            byte[] read = Files.readAllBytes(octets);
            kept.put(host.id() + " " + fragment, read);
            return Signed.parse(machines.get(host.id())
                    .receipt(source, fragment, read.length, clock.instant())
                    .receipt());
        } catch (IOException | MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public byte[] read(Host host, FragmentId fragment, long offset, int length) {
        return Arrays.copyOfRange(kept.get(host.id() + " " + fragment), (int) offset, (int) offset + length);
    }

    @Override
    public List<Spot> prove(Host host, List<Probe> probes) {
        return probes.stream()
                .map(probe -> {
                    byte[] all = kept.get(host.id() + " " + probe.fragment());
                    return all == null
                            ? new Spot(probe.fragment(), Verdict.MISSING, new byte[0])
                            : new Spot(
                                    probe.fragment(),
                                    Verdict.PROVEN,
                                    Arrays.copyOf(all, LeafHashes.leafLength(all.length, 0)));
                })
                .toList();
    }

    @Override
    public void close() {}
}
