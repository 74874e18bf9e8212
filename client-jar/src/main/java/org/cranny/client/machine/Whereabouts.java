package org.cranny.client.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cranny.engine.placement.Holding;
import org.cranny.engine.placement.Holdings;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.protocol.snapshot.PackEntry;

/**
 * How many octets of a snapshot each host keeps, from this machine's own record.
 *
 * @param bytes by host number
 * @param fewestCopies that any pack of the snapshot has
 */
public record Whereabouts(Snapshot snapshot, Map<Long, Long> bytes, int fewestCopies) {

    /** One for each snapshot. @param snapshots of one source, all of them, oldest first */
    public static List<Whereabouts> of(List<Snapshot> snapshots, Holdings holdings) {
        Map<String, PackEntry> packs = new TreeMap<>();
        List<Whereabouts> all = new ArrayList<>(snapshots.size());
        for (Snapshot snapshot : snapshots) {
            snapshot.manifest().removed().forEach(pack -> packs.remove(pack.toString()));
            snapshot.manifest().added().forEach(pack -> packs.put(pack.pack().toString(), pack));
            all.add(of(snapshot, packs.values(), holdings));
        }
        return all;
    }

    private static Whereabouts of(Snapshot snapshot, Iterable<PackEntry> packs, Holdings holdings) {
        Map<Long, Long> bytes = new TreeMap<>();
        int fewest = Integer.MAX_VALUE;
        for (PackEntry pack : packs) {
            List<Long> hosts = holdings.of(pack.pack()).map(Holding::hosts).orElse(List.of());
            hosts.forEach(host -> bytes.merge(host, pack.length(), Long::sum));
            fewest = Math.min(fewest, hosts.size());
        }
        return new Whereabouts(snapshot, bytes, fewest == Integer.MAX_VALUE ? 0 : fewest);
    }
}
