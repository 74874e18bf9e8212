package org.cranny.client.machine;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.cranny.protocol.masterfile.Host;

/**
 * A host on this very machine would be lost together with what it keeps for it: it is picked only when no other is left,
 * as in a realm of two machines. Such hosts are known by this machine's names and addresses. Loopback does not count, so
 * that a whole realm can be tried on one machine.
 */
final class OwnHosts {
    private OwnHosts() {}

    /** The same hosts, with no reliability for those on this machine, which is what placement goes by. */
    static List<Host> last(List<Host> hosts) {
        return last(hosts, places());
    }

    static List<Host> last(List<Host> hosts, Set<String> here) {
        return hosts.stream()
                .map(host -> here.contains(place(host)) ? unreliable(host) : host)
                .toList();
    }

    private static Host unreliable(Host host) {
        return new Host(
                host.id(),
                host.name(),
                host.address(),
                host.freeBytes(),
                host.quotaBytes(),
                0,
                host.availability(),
                host.domain(),
                host.state(),
                host.identity(),
                host.authority());
    }

    private static String place(Host host) {
        try {
            String name = URI.create(host.address()).getHost();
            return name == null ? "" : plain(name);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Nothing is looked up for hosts: there may be thousands. */
    private static Set<String> places() {
        Set<String> places = new HashSet<>();
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress())
                    .forEach(address -> places.add(plain(address.getHostAddress())));
            addNames(InetAddress.getLocalHost(), places);
        } catch (SocketException | UnknownHostException unnamed) {
            return places;
        }
        return places;
    }

    private static void addNames(InetAddress local, Collection<String> places) {
        for (String name : List.of(local.getHostName(), local.getCanonicalHostName())) {
            if (!name.startsWith("localhost")) {
                places.add(plain(name));
            }
        }
        places.removeIf(place -> place.startsWith("127.") || place.equals("::1"));
    }

    /** Without brackets and zone, in lower case. */
    private static String plain(String name) {
        String bare = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
        int zone = bare.indexOf('%');
        return (zone < 0 ? bare : bare.substring(0, zone)).toLowerCase(Locale.ROOT);
    }
}
