package org.cranny.engine.placement;

import java.util.List;
import org.cranny.protocol.snapshot.PackEntry;

/**
 * Who holds one pack.
 *
 * @param fragments each with the host that keeps it
 * @param registered whether central knows all of them
 */
public record Holding(PackEntry pack, List<Fragment> fragments, boolean registered) {

    public Holding {
        fragments = List.copyOf(fragments);
    }

    /**
     * One fragment on one host.
     *
     * @param number 0 to n-1; with copies every number stands for the whole pack
     * @param receipt signed, as the host gave it
     */
    public record Fragment(int number, long host, byte[] receipt) {}

    public List<Long> hosts() {
        return fragments.stream().map(Fragment::host).toList();
    }
}
