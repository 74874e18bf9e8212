package org.cranny.web.admin;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ResourceBundle;
import org.cranny.central.system.HostStatus;
import org.cranny.protocol.masterfile.Host;

/**
 * How things stand, in the true sentences that the page begins with.
 *
 * @param machines that may be backed up
 * @param protectedMachines of these, with at least one committed snapshot
 * @param hosts that lend space and were not shut out
 */
record State(int machines, int protectedMachines, List<HostStatus> hosts) {

    String headline(ResourceBundle texts) {
        if (machines == 0) {
            return texts.getString("headline.nobody");
        }
        return texts.getString(machines == 1 ? "headline.one" : "headline.many").formatted(protectedMachines, machines);
    }

    String subline(ResourceBundle texts) {
        if (hosts.isEmpty()) {
            return texts.getString("subline.none");
        }
        return texts.getString(hosts.size() == 1 ? "subline.one" : "subline.many")
                .formatted(hosts.size(), Amounts.bytes(lentBytes()), Amounts.bytes(freeBytes()));
    }

    long keptBytes() {
        return hosts.stream().mapToLong(HostStatus::keptBytes).sum();
    }

    long freeBytes() {
        return hosts.stream()
                .filter(host -> host.state() == Host.State.ACCEPTING)
                .mapToLong(HostStatus::freeBytes)
                .sum();
    }

    long lentBytes() {
        return hosts.stream()
                .mapToLong(host -> host.keptBytes() + host.freeBytes())
                .sum();
    }

    /** Two or more hosts, and all of them at one network address: then all copies are on one machine. */
    boolean isOneMachine() {
        List<String> places = hosts.stream()
                .map(host -> place(host.address()))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return hosts.size() > 1 && places.size() == 1;
    }

    private static String place(String address) {
        return Optional.ofNullable(address).map(URI::create).map(URI::getHost).orElse(null);
    }
}
