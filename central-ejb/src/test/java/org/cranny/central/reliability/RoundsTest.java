package org.cranny.central.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.cranny.central.system.HostStatus;
import org.cranny.protocol.masterfile.Host.State;
import org.junit.jupiter.api.Test;

class RoundsTest {
    @Test
    void withinAnHourOfMinutesEveryPeerOfASmallRealmIsLookedAt() {
        List<HostStatus> hosts = hosts(200);
        Set<Long> seen = new TreeSet<>();
        for (long round = 0; round < 60; round++) {
            Rounds.peers(hosts, 17, round).forEach(host -> seen.add(host.number()));
        }
        assertEquals(199, seen.size());
        assertFalse(seen.contains(17L));
    }

    @Test
    void everyHostIsLookedAtByEquallyMany() {
        List<HostStatus> hosts = hosts(1_000);
        Map<Long, Integer> eyes = new HashMap<>();
        hosts.forEach(observer -> Rounds.peers(hosts, observer.number(), 12_345)
                .forEach(host -> eyes.merge(host.number(), 1, Integer::sum)));
        assertEquals(1_000, eyes.size());
        assertEquals(Set.of(Rounds.PEERS), Set.copyOf(eyes.values()));
    }

    @Test
    void smallRealmsAreLookedAtWhole() {
        assertEquals(List.of(), Rounds.peers(hosts(1), 2, 7));
        assertEquals(1, Rounds.peers(hosts(2), 3, 7).size());
        assertEquals(3, Set.copyOf(Rounds.peers(hosts(4), 3, 7)).size());
    }

    @Test
    void aStrangerLooksAtAllOfThem() {
        List<HostStatus> hosts = hosts(10);
        Set<Long> seen = new TreeSet<>();
        for (long round = 0; round < 5; round++) {
            Rounds.peers(hosts, 4_711, round).forEach(host -> seen.add(host.number()));
        }
        assertEquals(10, seen.size());
        assertTrue(Rounds.peers(List.of(), 4_711, 3).isEmpty());
    }

    static List<HostStatus> hosts(int count) {
        return LongStream.range(2, count + 2L)
                .mapToObj(number -> new HostStatus(
                        number,
                        "h" + number,
                        "https://10.0.0.1:9443",
                        "host:" + number,
                        State.ACCEPTING,
                        0,
                        0,
                        0,
                        0,
                        null,
                        0.9,
                        "unknown",
                        null,
                        null,
                        null))
                .toList();
    }
}
