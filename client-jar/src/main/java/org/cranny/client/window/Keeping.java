package org.cranny.client.window;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cranny.client.machine.Whereabouts;
import org.cranny.protocol.masterfile.Host;

/**
 * Which machines keep the newest backup.
 *
 * @param lines the one that keeps most first
 * @param fewestCopies that any part of it has
 */
record Keeping(List<Line> lines, int fewestCopies) {

    /** @param name of the host, or its number when the list of hosts has it no more @param state null then */
    record Line(String name, long bytes, Host.State state) {}

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

    int machines() {
        return lines.size();
    }
}
