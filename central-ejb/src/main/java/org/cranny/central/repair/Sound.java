package org.cranny.central.repair;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cranny.central.placement.KeptPack;
import org.cranny.central.placement.PackCopy;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.Hosts;
import org.cranny.protocol.masterfile.Host.State;

/**
 * Whose copies count now. Not those of hosts that were shut out, that are drained, or that are lost.
 *
 * @param hosts by number
 * @param bad hosts whose copies do not count
 */
public record Sound(Map<Long, HostStatus> hosts, Set<Long> bad) {

    /** As it is now. */
    public static Sound now(Hosts hosts) {
        return new Sound(
                hosts.all().stream().collect(Collectors.toMap(HostStatus::number, Function.identity())), hosts.bad());
    }

    public boolean counts(long host) {
        return hosts.containsKey(host) && !bad.contains(host);
    }

    /** Whether it can be asked for what it has: it reports, and others reach it. */
    public boolean answers(long host) {
        HostStatus status = hosts.get(host);
        return status != null && status.state() != State.SUSPECT && status.state() != State.UNREACHABLE;
    }

    public String domain(long host) {
        return hosts.get(host).domain();
    }

    /** Whether a pack has as many copies as are wanted, in distinct failure domains, without these. @param rows of copies */
    boolean enoughWithout(KeptPack pack, Set<Long> rows) {
        Set<String> domains = new HashSet<>();
        for (PackCopy copy : pack.copies()) {
            if (!rows.contains(copy.id()) && counts(copy.host()) && answers(copy.host())) {
                domains.add(domain(copy.host()));
            }
        }
        return domains.size() >= pack.n();
    }
}
