package org.cranny.client.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cranny.protocol.masterfile.Host;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class OwnHostsTest {
    @Test
    void aHostOnThisMachineComesLast() {
        Set<String> here = Set.of("10.0.0.7", "fe80:0:0:0:0:0:0:7", "ws7.office.example");
        assertEquals(0, ratingOf("https://10.0.0.7:8443", here));
        assertEquals(0, ratingOf("https://[fe80:0:0:0:0:0:0:7%25eth0]:8443", here));
        assertEquals(0, ratingOf("https://WS7.office.example:8443", here));
        assertEquals(1, ratingOf("https://10.0.0.8:8443", here));
        assertEquals(1, ratingOf("no address", here));
    }

    @Test
    void loopbackIsNoMachine() {
        for (String address : List.of("https://127.0.0.1:8443", "https://localhost:8443", "https://[::1]:8443")) {
            assertEquals(address, OwnHosts.last(List.of(host(address))).get(0).address());
            assertEquals(1, OwnHosts.last(List.of(host(address))).get(0).rating(), address);
        }
    }

    @Test
    void thisMachineIsKnownByItsOwnAddress() throws Exception {
        Optional<InetAddress> own = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && address.getAddress().length == 4)
                .findFirst();
        Assumptions.assumeTrue(own.isPresent(), "this machine has no network");
        Host here = host("https://" + own.get().getHostAddress() + ":8443");
        assertEquals(0, OwnHosts.last(List.of(here)).get(0).rating());
    }

    private static double ratingOf(String address, Set<String> here) {
        return OwnHosts.last(List.of(host(address)), here).get(0).rating();
    }

    private static Host host(String address) {
        return new Host(7, "h", address, 1, 1, 1.0, "always", "host:7", Host.State.ACCEPTING);
    }
}
