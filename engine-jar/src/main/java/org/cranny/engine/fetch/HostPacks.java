package org.cranny.engine.fetch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.cranny.engine.placement.Holding;
import org.cranny.engine.placement.Holdings;
import org.cranny.engine.sealing.PackHeader;
import org.cranny.engine.transfer.Hosts;
import org.cranny.engine.transfer.Hosts.Probe;
import org.cranny.engine.transfer.Hosts.Spot;
import org.cranny.engine.transfer.Hosts.Verdict;
import org.cranny.engine.transfer.TransferException;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.masterfile.Host;

/**
 * Packs on hosts. Each pack is read from one of its holders, picked by the pack's own id so that load spreads; a host
 * that is away is left alone for the rest of the run, one that sent something wrong is left out for that pack.
 */
public final class HostPacks implements PackSource {
    private final Holdings holdings;
    private final Map<Long, Host> hosts;
    private final Hosts transfer;
    private final Trouble trouble;
    private final Set<Long> away = ConcurrentHashMap.newKeySet();
    private final Map<FragmentId, Set<Long>> wrong = new ConcurrentHashMap<>();
    private final ThreadLocal<Reading> latest = new ThreadLocal<>();

    private record Reading(FragmentId pack, Host host) {}

    /** Hears what is wrong with which host. */
    public interface Trouble {
        void host(Host host, FragmentId pack, String reason);

        /** The host does not have the pack any more, or has other octets in its place. */
        default void damaged(Host host, FragmentId pack, String reason) {
            host(host, pack, reason);
        }
    }

    /** @param hosts from the local master file, by number */
    public HostPacks(Holdings holdings, Map<Long, Host> hosts, Hosts transfer, Trouble trouble) {
        this.holdings = holdings;
        this.hosts = Map.copyOf(hosts);
        this.transfer = transfer;
        this.trouble = trouble;
    }

    @Override
    public byte[] read(FragmentId pack, long offset, int length) throws IOException {
        IOException last = null;
        for (Host host : holders(pack)) {
            try {
                byte[] octets = transfer.read(host, pack, offset, length);
                latest.set(new Reading(pack, host));
                return octets;
            } catch (TransferException e) {
                last = e;
                leaveOut(host, pack, e);
            }
        }
        throw nobody(pack, last);
    }

    @Override
    public PackHeader header(FragmentId pack, long length) throws IOException {
        IOException last = null;
        for (Host host : holders(pack)) {
            try {
                Spot spot = transfer.prove(host, List.of(new Probe(pack, length, 0)))
                        .get(0);
                if (spot.verdict() == Verdict.PROVEN) {
                    latest.set(new Reading(pack, host));
                    return PackHeader.parse(spot.octets());
                }
                damaged(
                        host,
                        pack,
                        spot.verdict() == Verdict.MISSING
                                ? "does not have this fragment any more"
                                : "could not prove that it has this fragment: its octets are wrong");
            } catch (TransferException e) {
                last = e;
                leaveOut(host, pack, e);
            }
        }
        throw nobody(pack, last);
    }

    private static IOException nobody(FragmentId pack, IOException last) {
        return new IOException(
                "No host that keeps pack " + pack.toString().substring(0, 8)
                        + " can be reached. Start one of them and try again"
                        + (last == null ? "." : " (" + last.getMessage() + ")."),
                last);
    }

    @Override
    public boolean wasWrong(FragmentId pack, IOException why) {
        Reading read = latest.get();
        if (read != null && read.pack().equals(pack)) {
            damaged(read.host(), pack, "sent octets that do not open: " + why.getMessage());
        }
        return !holders(pack).isEmpty();
    }

    /** Whether this pack has a holder that is not known to be away or wrong. */
    private List<Host> holders(FragmentId pack) {
        List<Long> numbers = holdings.of(pack).map(Holding::hosts).orElse(List.of());
        Set<Long> bad = wrong.getOrDefault(pack, Set.of());
        List<Host> usable = new ArrayList<>();
        int turn = numbers.isEmpty() ? 0 : Math.floorMod(pack.hashCode(), numbers.size());
        for (int i = 0; i < numbers.size(); i++) {
            Long number = numbers.get((turn + i) % numbers.size());
            if (hosts.containsKey(number) && !away.contains(number) && !bad.contains(number)) {
                usable.add(hosts.get(number));
            }
        }
        return usable;
    }

    private void leaveOut(Host host, FragmentId pack, TransferException e) {
        if (e.reason() == TransferException.Reason.AWAY) {
            if (away.add(host.id())) {
                trouble.host(host, pack, e.getMessage());
            }
        } else if (e.reason() == TransferException.Reason.REFUSED || e.reason() == TransferException.Reason.FULL) {
            if (wrong(pack).add(host.id())) {
                trouble.host(host, pack, e.getMessage());
            }
        } else {
            damaged(host, pack, e.getMessage());
        }
    }

    private void damaged(Host host, FragmentId pack, String reason) {
        if (wrong(pack).add(host.id())) {
            trouble.damaged(host, pack, reason);
        }
    }

    private Set<Long> wrong(FragmentId pack) {
        return wrong.computeIfAbsent(pack, id -> ConcurrentHashMap.newKeySet());
    }
}
