package org.cranny.central.installation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.cranny.protocol.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {
    @Test
    void readsNamesAddressesAndSubnetsEachMachineOnce() {
        assertEquals(
                List.of("ws-01", "10.0.0.5:2222", "[fe80::1]", "10.0.0.5"),
                words("ws-01", "10.0.0.5:2222", "[fe80::1]", "10.0.0.5", "ws-01:22", "10.0.0.4/30:22")
                        .subList(0, 4));
        assertEquals(List.of("10.0.0.1", "10.0.0.2"), words("10.0.0.0/30"));
        assertEquals(List.of("10.0.0.7:2200"), words("10.0.0.7/32:2200"));
        assertEquals(List.of("10.0.0.6", "10.0.0.7"), words("10.0.0.6/31"));
        assertEquals(List.of("[::1]:23"), words("[::1]:23"));
    }

    @Test
    void aSubnetLeavesOutItsOwnNameAndTheAddressForAll() {
        List<Target> all = Targets.read(List.of("192.168.255.0/24"));
        assertEquals(254, all.size());
        assertEquals("192.168.255.1", all.get(0).host());
        assertEquals("192.168.255.254", all.get(253).host());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "-oProxyCommand=x",
                "ws:",
                "ws:0",
                "ws:70000",
                "10.0.0.256/24",
                "10.0.0.1/24",
                "10.0.0.0/33",
                "10.0.0.0/8",
                "fe80::1",
                "ws/24",
                "ws;reboot",
                "$(reboot)",
                "user@ws",
                "10.0.0.0/24:0"
            })
    void namesWhatIsNoMachine(String text) {
        ProblemException refused = assertThrows(ProblemException.class, () -> Targets.read(List.of("ok", text)));
        assertEquals("targets", refused.problem().field());
        assertTrue(
                refused.problem().detail().contains("'" + text.strip() + "'"),
                refused.problem().detail());
    }

    @Test
    void refusesNobodyAndTooMany() {
        assertThrows(ProblemException.class, () -> Targets.read(List.of()));
        assertThrows(ProblemException.class, () -> Targets.read(null));
        assertEquals(1_022, Targets.read(List.of("10.0.0.0/22")).size());
        assertThrows(ProblemException.class, () -> Targets.read(List.of("10.0.0.0/22", "10.1.0.0/24")));
    }

    private static List<String> words(String... texts) {
        return Targets.read(Arrays.asList(texts)).stream().map(Target::toString).toList();
    }
}
