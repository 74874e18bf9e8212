package org.cranny.central.reliability;

import java.util.ArrayList;
import java.util.List;
import org.cranny.central.system.HostStatus;

/**
 * Says whom an observer looks at in a round: every host is looked at by equally many observers, and from round to round
 * an observer goes on to the next ones, so that in a small realm it has soon seen all.
 */
final class Rounds {
    /** Peers that an observer looks at in one round. */
    static final int PEERS = 4;

    private Rounds() {}

    /** @param hosts in the order of numbers @param observer a host or any other system */
    static List<HostStatus> peers(List<HostStatus> hosts, long observer, long round) {
        int self = indexOf(hosts, observer);
        int others = self < 0 ? hosts.size() : hosts.size() - 1;
        int start = self < 0 ? (int) Math.floorMod(observer, (long) Math.max(1, others)) : self + 1;
        List<HostStatus> peers = new ArrayList<>(PEERS);
        for (int i = 0; i < Math.min(PEERS, others); i++) {
            long step = Math.floorMod(round * PEERS + i, (long) others);
            peers.add(hosts.get((int) ((start + step) % hosts.size())));
        }
        return peers;
    }

    private static int indexOf(List<HostStatus> hosts, long number) {
        int low = 0;
        int high = hosts.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long there = hosts.get(middle).number();
            if (there == number) {
                return middle;
            }
            if (there < number) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }
}
