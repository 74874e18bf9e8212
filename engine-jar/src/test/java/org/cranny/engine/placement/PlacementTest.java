package org.cranny.engine.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.cranny.protocol.masterfile.Host;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static final long ROOM = 1L << 40;
    private static final long PACK = 16L << 20;
    private static final int PACKS = 3_000;

    private final List<Host> hosts = new ArrayList<>();

    @Test
    void hostWithALowerRatingGetsFewerPacks() throws NotEnoughHostsException {
        for (int i = 0; i < 9; i++) {
            add(0.95, "sometimes");
        }
        Host flaky = add(0.5, "sometimes");
        Map<Long, Integer> packs = simulate(2);
        double usual = packs.entrySet().stream()
                .filter(entry -> entry.getKey() != flaky.id())
                .mapToInt(Map.Entry::getValue)
                .average()
                .orElseThrow();
        double share = packs.get(flaky.id()) / usual;
        assertTrue(share > 0.4 && share < 0.7, () -> "it gets " + share + " of what others get");
    }

    @Test
    void oneCopyIsAlwaysOnWhereThereIsSuchAHost() throws NotEnoughHostsException {
        Host server = add(0.95, "always");
        for (int i = 0; i < 9; i++) {
            add(0.95, "office");
        }
        assertEquals(PACKS, simulate(2).get(server.id()));
    }

    @Test
    void asManyFragmentsAsOpenAPackAreAlwaysOn() throws NotEnoughHostsException {
        for (int i = 0; i < 4; i++) {
            add(0.95, "always");
        }
        for (int i = 0; i < 20; i++) {
            add(0.95, "office");
        }
        Placement placement = placement();
        for (int i = 0; i < 200; i++) {
            List<Host> holders = placement.pick(6, PACK, List.of(), 3);
            assertTrue(always(holders) >= 3, () -> "only " + always(holders));
        }
    }

    @Test
    void aTakenHostThatIsAlwaysOnIsEnough() throws NotEnoughHostsException {
        Host server = add(0.95, "always");
        add(0.95, "always");
        for (int i = 0; i < 20; i++) {
            add(0.95, "office");
        }
        Placement placement = placement();
        long others = 0;
        for (int i = 0; i < 200; i++) {
            others += always(placement.pick(1, PACK, List.of(server)));
        }
        assertTrue(others < 60, "it draws freely once one holder is always on");
    }

    @Test
    void hostThatIsHardlyEverThereIsTheLastResort() throws NotEnoughHostsException {
        add(0.95, "sometimes");
        add(0.25, "sometimes");
        Host last = add(0.15, "sometimes");
        assertEquals(null, simulate(2).get(last.id()));
        assertTrue(placement().pick(3, PACK, List.of()).contains(last), "without it there are too few");
    }

    @Test
    void whoHasTooFewHostsHearsWhetherTheyFailed() {
        Host one = add(0.95, "always");
        Placement placement = placement();
        String tooFew = assertThrows(NotEnoughHostsException.class, () -> placement.pick(2, PACK, List.of()))
                .getMessage();
        assertTrue(tooFew.startsWith("Only 1 of the 2 hosts that a pack needs can take it. Enroll more"), tooFew);
        placement.fail(one);
        String failed = assertThrows(NotEnoughHostsException.class, () -> placement.pick(2, PACK, List.of()))
                .getMessage();
        assertTrue(
                failed.startsWith("Only 0 of the 2 hosts that a pack needs can take it; 1 failed in this backup. Run"),
                failed);
    }

    private static long always(List<Host> hosts) {
        return hosts.stream()
                .filter(host -> host.availability().equals("always"))
                .count();
    }

    private Map<Long, Integer> simulate(int copies) throws NotEnoughHostsException {
        Placement placement = placement();
        Map<Long, Integer> packs = new HashMap<>();
        for (int i = 0; i < PACKS; i++) {
            placement.pick(copies, PACK, List.of()).forEach(host -> packs.merge(host.id(), 1, Integer::sum));
        }
        return packs;
    }

    private Placement placement() {
        return new Placement(hosts.stream().collect(Collectors.toList()), 1, new Random(7));
    }

    private Host add(double rating, String availability) {
        long id = hosts.size() + 2L;
        Host host = new Host(
                id,
                "ws-" + id,
                "https://10.0.0." + id + ":9443",
                ROOM,
                ROOM,
                rating,
                availability,
                "host:" + id,
                Host.State.ACCEPTING);
        hosts.add(host);
        return host;
    }
}
