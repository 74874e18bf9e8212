package org.cranny.engine.retention;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.cranny.protocol.fragment.FragmentId;

/**
 * A pack that nothing needs, on its way off the hosts.
 *
 * <p>Life: marked when it was found; put away at each host, some hours later, if that is still so; gone when the last host
 * has deleted it.
 *
 * @param hosts that keep it, and since when it is in their trash; {@link Instant#EPOCH} while it is not
 */
record Leaving(FragmentId pack, long length, Instant marked, Map<Long, Instant> hosts) {
    Leaving {
        hosts = new TreeMap<>(hosts);
    }

    boolean isAway(long host) {
        return !Instant.EPOCH.equals(hosts.get(host));
    }
}
