package org.cranny.system;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.cranny.cluster.Command;

/**
 * A network that this machine is in with one address, and others with addresses, routes and a loopback of their own:
 * network namespaces at a bridge. Their addresses are those that are set aside for tests (RFC 2544); this machine's ends
 * have no others, so nothing that looks for an address of this machine finds one of IPv6 there.
 */
final class OfficeNetwork implements AutoCloseable {
    private static final int FIRST = 10;

    private final String name;
    private final String prefix;
    private final List<String> seats = new ArrayList<>();

    private OfficeNetwork(int number) {
        this.name = "crn" + number;
        this.prefix = "198.18." + number + ".";
    }

    /** @param number 1 to 255, one for each that exists at the same time */
    static OfficeNetwork make(int number) {
        OfficeNetwork network = new OfficeNetwork(number);
        network.forget("link", "delete", network.name);
        ip("link", "add", network.name, "type", "bridge");
        ip("link", "set", network.name, "addrgenmode", "none");
        ip("address", "add", network.address() + "/24", "dev", network.name);
        ip("link", "set", network.name, "up");
        return network;
    }

    /** As its bridge is named. */
    String name() {
        return name;
    }

    /** Of this machine. */
    String address() {
        return prefix + 1;
    }

    /** From now on what TCP sends goes over the line as packets, not as pieces of 64 KiB that are lost as one. */
    void cutsUp(Seat seat) {
        ip("link", "set", name, "gso_max_segs", "1");
        ip("link", "set", seat.namespace(), "gso_max_segs", "1");
        ip("-n", seat.namespace(), "link", "set", "eth0", "gso_max_segs", "1");
    }

    /** A place for one more machine. */
    Seat seat() {
        String seat = name + "-" + (FIRST + seats.size());
        String address = prefix + (FIRST + seats.size());
        forget("netns", "delete", seat);
        ip("netns", "add", seat);
        seats.add(seat);
        ip("link", "add", seat, "type", "veth", "peer", "name", "eth0", "netns", seat);
        ip("link", "set", seat, "addrgenmode", "none");
        ip("link", "set", seat, "master", name, "up");
        ip("-n", seat, "link", "set", "lo", "up");
        ip("-n", seat, "address", "add", address + "/24", "dev", "eth0");
        ip("-n", seat, "link", "set", "eth0", "up");
        return new Seat(seat, address);
    }

    /** Where one machine is. @param namespace as {@code ip netns} names it */
    record Seat(String namespace, String address) {

        /** A command that runs there. */
        List<String> commandLine(List<String> command) {
            List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
            all.addAll(command);
            return all;
        }
    }

    @Override
    public void close() {
        seats.forEach(each -> forget("netns", "delete", each));
        forget("link", "delete", name);
    }

    /** Where a test was killed, things of the same name are left. */
    private void forget(String... arguments) {
        run(arguments);
    }

    private static void ip(String... arguments) {
        Claims.done(run(arguments));
    }

    private static Command.Outcome run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(Arrays.asList(arguments));
        return Command.run(Path.of("/"), command, Map.of());
    }
}
