package org.cranny.central.installation;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.cranny.central.database.Database;
import org.cranny.central.repair.Drain;
import org.cranny.central.repair.Repairs;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.Hosts;
import org.cranny.central.system.Inventory;
import org.cranny.central.system.InventoryQuery;
import org.cranny.central.system.Machine;
import org.cranny.central.system.Systems;
import org.cranny.protocol.masterfile.Host.State;

/**
 * Lets a machine go whose programs are taken off. Which system a machine is says central's own memory, or an
 * administrator: what the machine says of itself is only ever a reason to stop.
 */
class Departure {
    private static final int SAME_NAME = 100;

    private final Database database;
    private final Systems systems;
    private final Hosts hosts;
    private final Inventory inventory;
    private final Repairs repairs;

    Departure(Database database, Systems systems, Hosts hosts, Inventory inventory, Repairs repairs) {
        this.database = database;
        this.systems = systems;
        this.hosts = hosts;
        this.inventory = inventory;
        this.repairs = repairs;
    }

    /**
     * The system that this machine is in this role: that was named, that was installed there, or that has its name or
     * address.
     *
     * @param named by whoever asked, or null
     * @return null when central knows none
     * @throws IOException with a sentence, when more than one could be meant, or there is none with that number
     */
    Long system(Target target, Role role, Long named) throws IOException {
        if (named != null) {
            if (!isThere(role, named)) {
                throw new IOException("there is no " + role.enrolledAs() + " with the number " + named);
            }
            return named;
        }
        Long installed = installed(target, role);
        if (installed != null && isThere(role, installed)) {
            return installed;
        }
        List<Long> candidates = (role == Role.DAEMON ? hostsAt(target) : sourcesNamed(target))
                .distinct()
                .toList();
        if (candidates.size() > 1) {
            throw new IOException("more than one system could be its " + role.word() + ": say which, --system "
                    + target.host() + "=" + role.word() + ":NUMBER");
        }
        return candidates.isEmpty() ? null : candidates.get(0);
    }

    /** A source that was shut out before may have left its keys on the machine; a host leaves nothing. */
    private boolean isThere(Role role, long number) {
        return role == Role.DAEMON
                ? hosts.named(List.of(number)).containsKey(number)
                : systems.find(number).filter(Machine::isSource).isPresent();
    }

    private Long installed(Target target, Role role) {
        return database.read(entities -> entities.createQuery(
                        "select " + (role == Role.DAEMON ? "m.hostSystem" : "m.sourceSystem")
                                + " from InstallationMachineRow m where m.host = :host and m.port = :port"
                                + " and m.state = :installed order by m.id desc",
                        Long.class)
                .setParameter("host", target.host())
                .setParameter("port", target.port())
                .setParameter("installed", MachineState.INSTALLED)
                .getResultStream()
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null));
    }

    private Stream<Long> hostsAt(Target target) {
        return hosts.all().stream()
                .filter(host -> target.host().equalsIgnoreCase(host.name())
                        || target.host()
                                .equalsIgnoreCase(URI.create(host.address()).getHost()))
                .map(HostStatus::number);
    }

    private Stream<Long> sourcesNamed(Target target) {
        InventoryQuery query = new InventoryQuery(
                target.host(), InventoryQuery.Which.SOURCES, InventoryQuery.Sort.NAME, false, 0, SAME_NAME);
        return inventory.page(query).lines().stream()
                .filter(line -> line.machine().name().equalsIgnoreCase(target.host()))
                .map(line -> line.machine().number());
    }

    /** What a host still keeps. */
    Drain kept(long host) {
        return repairs.drain(host);
    }

    /** Has a host that keeps nothing take nothing new. @return what it keeps then */
    Drain close(long host, String actor) {
        Drain now = kept(host);
        return State.DRAINING.name().equals(now.state()) ? now : repairs.decide(host, true, actor);
    }

    /** Takes a system off the lists and shuts its certificate out. @return a sentence about it */
    String shutOut(Role role, long number, String actor) {
        if (role == Role.DAEMON) {
            repairs.retire(number, actor);
        }
        systems.revoke(number, actor, "its programs were taken off");
        return role.enrolledAs() + " " + number + " is off central's list, and its certificate is good for nothing";
    }
}
