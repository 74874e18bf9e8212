package org.cranny.central.repair;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.cranny.central.system.HostStatus;
import org.cranny.protocol.masterfile.Host.State;

/**
 * Whose copies count now. Not those of hosts that were shut out, that are drained, or that are lost.
 *
 * @param hosts by number
 * @param bad hosts whose copies do not count
 */
record Sound(Map<Long, HostStatus> hosts, Set<Long> bad) {

    /** @param distrusted hosts whose word does not count @param lost hosts that were silent for too long */
    static Sound of(Collection<HostStatus> all, Collection<Long> distrusted, Collection<Long> lost) {
        Map<Long, HostStatus> hosts = new HashMap<>();
        Set<Long> bad = new TreeSet<>(distrusted);
        for (HostStatus host : all) {
            hosts.put(host.number(), host);
            if (host.state() == State.DRAINING || host.state() == State.QUARANTINED || lost.contains(host.number())) {
                bad.add(host.number());
            }
        }
        return new Sound(hosts, bad);
    }

    boolean counts(long host) {
        return hosts.containsKey(host) && !bad.contains(host);
    }

    /** Whether it can be asked for what it has: it reports, and others reach it. */
    boolean answers(long host) {
        HostStatus status = hosts.get(host);
        return status != null && status.state() != State.SUSPECT && status.state() != State.UNREACHABLE;
    }

    String domain(long host) {
        return hosts.get(host).domain();
    }
}
