package org.cranny.central.alert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cranny.central.database.Database;
import org.cranny.central.placement.Custody;
import org.cranny.central.settings.Settings;
import org.cranny.central.snapshot.Snapshots;
import org.cranny.central.system.HostStatus;
import org.cranny.central.system.Hosts;
import org.cranny.central.system.Inventory;
import org.cranny.central.system.Machine;
import org.cranny.central.system.Systems;
import org.cranny.protocol.masterfile.Host.State;

/** Looks what is wrong now: a few questions to the database, whatever the number of machines. */
final class Findings {
    /** What this class sees by itself; other kinds come with news. */
    static final Set<AlertKind> LOOKED_FOR = EnumSet.of(
            AlertKind.NO_BACKUP_FOR_3_DAYS,
            AlertKind.NO_BACKUP_FOR_7_DAYS,
            AlertKind.REDUNDANCY_LOW,
            AlertKind.HOST_LOST,
            AlertKind.PROOFS_WRONG,
            AlertKind.HOST_SET_ASIDE,
            AlertKind.DISK_RECLAIMED,
            AlertKind.CENTRAL_DISK_LOW);

    private static final Duration THREE_DAYS = Inventory.PROTECTED_FOR;
    private static final Duration SEVEN_DAYS = Duration.ofDays(7);
    private static final long MIB = 1L << 20;

    private final Database database;
    private final Systems systems;
    private final Hosts hosts;
    private final Snapshots snapshots;
    private final Custody custody;
    private final Settings settings;

    Findings(Database database, Systems systems, Hosts hosts, Snapshots snapshots, Custody custody, Settings settings) {
        this.database = database;
        this.systems = systems;
        this.hosts = hosts;
        this.snapshots = snapshots;
        this.custody = custody;
        this.settings = settings;
    }

    List<Finding> look(Instant now) {
        List<Machine> machines =
                systems.all().stream().filter(machine -> !machine.revoked()).toList();
        List<HostStatus> all = hosts.all();
        List<Finding> found = new ArrayList<>(backups(machines, now));
        Set<Long> away = new TreeSet<>(hosts.distrusted());
        Map<Long, Machine> byNumber = machines.stream().collect(Collectors.toMap(Machine::number, Function.identity()));
        Map<Long, Instant> lost = hosts.lost();
        away.addAll(lost.keySet());
        for (HostStatus host : all) {
            if (lost.containsKey(host.number()) && host.state() != State.QUARANTINED) {
                found.add(lost(host, lost.get(host.number())));
            }
        }
        Map<Long, Double> dubious = hosts.dubious();
        for (HostStatus host : all) {
            if (dubious.containsKey(host.number())) {
                found.add(dubious(host, dubious.get(host.number()), now));
            }
        }
        found.addAll(setAside(all));
        found.addAll(redundancy(away, byNumber, now));
        found.addAll(reclaimed(all, now));
        found.addAll(ownDisk(now));
        return found;
    }

    private List<Finding> backups(List<Machine> machines, Instant now) {
        Map<Long, Instant> received = snapshots.lastReceived();
        List<Finding> found = new ArrayList<>();
        for (Machine machine : machines) {
            Instant last = received.get(machine.number());
            Instant since = last == null ? machine.enrolled() : last;
            Duration age = Duration.between(since, now);
            if (machine.isSource() && !machine.isDevice() && age.compareTo(THREE_DAYS) >= 0) {
                AlertKind kind = age.compareTo(SEVEN_DAYS) >= 0
                        ? AlertKind.NO_BACKUP_FOR_7_DAYS
                        : AlertKind.NO_BACKUP_FOR_3_DAYS;
                String detail = last == null ? "never backed up since it joined" : "last backup " + since;
                found.add(new Finding(kind, system(machine.number()), machine.name(), detail, since));
            }
        }
        return found;
    }

    private static Finding lost(HostStatus host, Instant heard) {
        String detail = host.lastHeard() == null ? "it never reported" : "last heard " + heard;
        return new Finding(AlertKind.HOST_LOST, host(host.number()), host.name(), detail, heard);
    }

    private static Finding dubious(HostStatus host, double honesty, Instant now) {
        String detail = "it proves " + Math.round(100 * honesty) + " % of what it is asked for"
                + (host.state() == State.QUARANTINED ? " and is shut out" : "");
        return new Finding(AlertKind.PROOFS_WRONG, host(host.number()), host.name(), detail, now);
    }

    private static List<Finding> setAside(List<HostStatus> all) {
        return all.stream()
                .filter(host -> host.setAside() != null)
                .map(host -> new Finding(
                        AlertKind.HOST_SET_ASIDE,
                        host(host.number()),
                        host.name(),
                        host.setAside().why(),
                        host.setAside().since()))
                .toList();
    }

    private List<Finding> redundancy(Set<Long> away, Map<Long, Machine> machines, Instant now) {
        return custody.thin(away).entrySet().stream()
                .filter(thin -> machines.containsKey(thin.getKey()))
                .map(thin -> new Finding(
                        AlertKind.REDUNDANCY_LOW,
                        system(thin.getKey()),
                        machines.get(thin.getKey()).name(),
                        thin.getValue() + " packs are kept by no more hosts than a restore needs",
                        now))
                .toList();
    }

    private List<Finding> reclaimed(List<HostStatus> all, Instant now) {
        return database.durably(entities -> {
            Map<Long, LentSpaceRow> known = entities.createQuery("select s from LentSpaceRow s", LentSpaceRow.class)
                    .getResultStream()
                    .collect(Collectors.toMap(LentSpaceRow::host, Function.identity()));
            List<Finding> found = new ArrayList<>();
            for (HostStatus host : all) {
                long lent = host.keptBytes() + host.freeBytes();
                LentSpaceRow row = known.get(host.number());
                if (row == null) {
                    row = new LentSpaceRow(host.number());
                    entities.persist(row);
                }
                row.see(lent, now);
                if (lent < row.lentBytes() / 100 * settings.reclaimedBelowPercent()) {
                    String detail = "it lends " + lent / MIB + " MiB, and lent " + row.lentBytes() / MIB + " MiB";
                    found.add(new Finding(
                            AlertKind.DISK_RECLAIMED, host(host.number()), host.name(), detail, row.seen()));
                }
            }
            return found;
        });
    }

    private List<Finding> ownDisk(Instant now) {
        try {
            long free = Files.getFileStore(settings.home()).getUsableSpace();
            String detail = "it has less than " + settings.diskLowBytes() / MIB + " MiB left";
            return free >= settings.diskLowBytes()
                    ? List.of()
                    : List.of(new Finding(AlertKind.CENTRAL_DISK_LOW, Alerts.CENTRAL, Alerts.CENTRAL, detail, now));
        } catch (IOException e) {
            throw new UncheckedIOException("central's home cannot be looked at", e);
        }
    }

    private static String system(long number) {
        return "system " + number;
    }

    private static String host(long number) {
        return "host " + number;
    }
}
