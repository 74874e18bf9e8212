package org.cranny.client.status;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cranny.client.machine.Backups;
import org.cranny.client.machine.Machine;
import org.cranny.client.machine.Whereabouts;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.protocol.masterfile.Host;

/**
 * Which machines keep the newest backup.
 *
 * @param lines the one that keeps most first
 * @param fewestCopies that any part of it has
 */
public record Keeping(List<Line> lines, int fewestCopies) {

    /** @param name of the host, or its number when the list of hosts has it no more @param state null then */
    public record Line(String name, long bytes, Host.State state) {}

    /** From this home alone. Empty before the first backup. @throws org.cranny.client.home.HomeBusyException while a backup runs */
    public static Optional<Keeping> of(Machine machine) throws IOException {
        List<Snapshot> all = machine.snapshots().list();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        try (Backups backups = machine.toRead()) {
            List<Whereabouts> each = Whereabouts.of(all, backups.source().holdings());
            return Optional.of(of(each.get(each.size() - 1), backups.hosts()));
        }
    }

    static Keeping of(Whereabouts newest, List<Host> hosts) {
        Map<Long, Host> byNumber = hosts.stream().collect(Collectors.toMap(Host::id, Function.identity()));
        List<Line> lines = newest.bytes().entrySet().stream()
                .map(kept -> line(kept.getKey(), kept.getValue(), Optional.ofNullable(byNumber.get(kept.getKey()))))
                .sorted(Comparator.comparing(Line::bytes).reversed().thenComparing(Line::name))
                .toList();
        return new Keeping(lines, newest.fewestCopies());
    }

    private static Line line(long number, long bytes, Optional<Host> host) {
        return new Line(
                host.map(Host::name).orElse("#" + number),
                bytes,
                host.map(Host::state).orElse(null));
    }

    public int machines() {
        return lines.size();
    }
}
