package org.cranny.web.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.ResourceBundle;
import org.cranny.central.system.HostStatus;
import org.cranny.protocol.masterfile.Host;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("org.cranny.web.admin.texts");
    private static final long GB = 1_000_000_000L;

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1 kB",
        "1234, 1.23 kB",
        "45600000000, 45.6 GB",
        "348000000000, 348 GB",
        "999600, 1 MB",
        "9999999, 10 MB",
        "9223372036854775807, 9.22 EB",
        "-5, 0 B"
    })
    void saysBytesWithThreeDigits(long bytes, String said) {
        assertEquals(said, Amounts.bytes(bytes));
    }

    @ParameterizedTest
    @CsvSource({"0,10,0", "1,1000,1", "5,10,50", "20,10,100", "5,0,0"})
    void showsAnythingThatIsThere(long part, long whole, int percent) {
        assertEquals(percent, Amounts.percent(part, whole));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T11:59:30Z, just now",
        "2026-11-22T11:59:00Z, 1 minute ago",
        "2026-11-22T11:57:00Z, 3 minutes ago",
        "2026-11-22T08:40:00Z, Today 08:40",
        "2026-11-21T12:41:00Z, Yesterday 12:41",
        "2026-11-20T12:40:00Z, Friday 12:40",
        "2026-11-09T12:40:00Z, 9 Nov 2026",
        "2026-11-22T12:05:00Z, Today 12:05"
    })
    void saysTimesAsPeopleDo(Instant when, String said) {
        assertEquals(said, new Moments(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC).said(when));
    }

    @Test
    void beginsWithOneTrueSentence() {
        State state = new State(1, 1, hosts("https://127.0.0.1:1", "https://127.0.0.1:2", "https://127.0.0.1:3"));
        assertEquals("1 of 1 machine is protected.", state.headline(TEXTS));
        assertEquals("3 hosts lend 60 GB; 45 GB of it is free.", state.subline(TEXTS));
    }

    @Test
    void saysWhenThereIsNothingYet() {
        State state = new State(0, 0, List.of());
        assertEquals("No machine is backed up yet.", state.headline(TEXTS));
        assertEquals("No host lends space yet.", state.subline(TEXTS));
    }

    @Test
    void countsOnlySpaceThatIsStillGivenAsFree() {
        HostStatus silent = host("https://10.0.0.3:1", Host.State.SUSPECT);
        State state = new State(2, 1, List.of(silent));
        assertEquals("1 host lends 20 GB; 0 B of it is free.", state.subline(TEXTS));
    }

    @Test
    void warnsWhenAllHostsAreOneMachine() {
        assertTrue(new State(1, 1, hosts("https://127.0.0.1:1", "https://127.0.0.1:2")).isOneMachine());
        assertFalse(new State(1, 1, hosts("https://10.0.0.1:1", "https://10.0.0.2:1")).isOneMachine());
        assertFalse(new State(1, 1, hosts("https://10.0.0.1:1")).isOneMachine());
    }

    @Test
    void everyStateOfAHostHasItsWords() {
        for (Host.State state : Host.State.values()) {
            HostRow row = new HostRow(host("https://10.0.0.1:1", state), "", "");
            assertTrue(TEXTS.containsKey("state." + row.state()), state + " has no words");
        }
    }

    private static List<HostStatus> hosts(String... addresses) {
        return Arrays.stream(addresses)
                .map(address -> host(address, Host.State.ACCEPTING))
                .toList();
    }

    private static HostStatus host(String address, Host.State state) {
        return new HostStatus(
                2, "ws-01", address, "host:2", state, 15 * GB, 20 * GB, 5 * GB, 12, Instant.EPOCH, 1.0, "always", null);
    }
}
