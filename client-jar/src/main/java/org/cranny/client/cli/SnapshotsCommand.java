package org.cranny.client.cli;

import jakarta.json.JsonArrayBuilder;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.cranny.client.machine.Backups;
import org.cranny.client.machine.Machine;
import org.cranny.client.machine.Whereabouts;
import org.cranny.client.report.Human;
import org.cranny.client.report.JsonLine;
import org.cranny.client.report.Names;
import org.cranny.client.report.Table;
import org.cranny.engine.snapshot.Label;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.snapshot.Manifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "snapshots",
        description = "List the snapshots of this machine; central is asked only when they are lost here.")
final class SnapshotsCommand implements Callable<Integer> {
    @ParentCommand
    private Cranny cranny;

    @Option(names = "--where", description = "Also say how many bytes of each snapshot every host keeps.")
    private boolean where;

    @Mixin
    private SnapshotFilter filter;

    @Option(names = "--forgotten", description = "Also those that are forgotten and cannot be restored any more.")
    private boolean forgotten;

    @Override
    public Integer call() throws IOException {
        try (Machine machine = Machine.open(cranny.home())) {
            List<Snapshot> snapshots = listed(machine);
            if (snapshots.isEmpty()
                    && !cranny.json()
                    && !machine.snapshots().list().isEmpty()) {
                cranny.say("None of the snapshots is like that. See 'cranny snapshots'.");
            } else if (snapshots.isEmpty() && !cranny.json()) {
                cranny.say("There is no snapshot yet. Make one: cranny backup PATH");
            } else if (where) {
                withPlaces(machine);
            } else if (cranny.json()) {
                for (Snapshot snapshot : snapshots) {
                    cranny.screen().line(json(machine, snapshot).toString());
                }
            } else {
                table(machine, snapshots).print(cranny.screen());
            }
        }
        return ExitCode.DONE.number();
    }

    private List<Snapshot> listed(Machine machine) throws IOException {
        return filter.of(
                machine,
                forgotten ? machine.snapshots().list() : machine.snapshots().kept());
    }

    private void withPlaces(Machine machine) throws IOException {
        try (Backups backups = cranny.toRead(machine)) {
            Map<Long, String> names = backups.hosts().stream().collect(Collectors.toMap(Host::id, Host::name));
            List<Snapshot> snapshots = machine.snapshots().list();
            Set<String> listed = listed(machine).stream().map(Snapshot::id).collect(Collectors.toSet());
            for (Whereabouts places : Whereabouts.of(snapshots, backups.source().holdings())) {
                if (!listed.contains(places.snapshot().id())) {
                    continue;
                }
                if (cranny.json()) {
                    cranny.screen().line(json(machine, places, names).toString());
                } else {
                    table(machine, List.of(places.snapshot())).print(cranny.screen());
                    places(places, names).print(cranny.screen());
                    cranny.screen().line("");
                }
            }
        }
    }

    private static Table places(Whereabouts places, Map<Long, String> names) {
        Table table = Table.of("        ", "Host", "Keeps");
        places.bytes().forEach((host, bytes) -> table.row("", name(names, host), Human.bytes(bytes)));
        return table;
    }

    private static JsonLine json(Machine machine, Whereabouts places, Map<Long, String> names) throws IOException {
        JsonArrayBuilder hosts = JsonLine.array();
        places.bytes()
                .forEach((host, bytes) -> hosts.add(JsonLine.object()
                        .add("id", host)
                        .add("name", name(names, host))
                        .add("bytes", bytes)));
        return json(machine, places.snapshot())
                .add("copies", places.fewestCopies())
                .add("hosts", hosts.build());
    }

    private static String name(Map<Long, String> names, long host) {
        return names.getOrDefault(host, "host " + host);
    }

    private static Table table(Machine machine, List<Snapshot> snapshots) throws IOException {
        boolean described = false;
        for (Snapshot snapshot : snapshots) {
            described |= !machine.label(snapshot).description().isEmpty();
        }
        Table table = described
                ? Table.of("ID", "Time", "Files", "Size", "New", "Tags", "Paths", "Description")
                : Table.of("ID", "Time", "Files", "Size", "New", "Tags", "Paths");
        for (Snapshot snapshot : snapshots) {
            Manifest manifest = snapshot.manifest();
            Label label = machine.label(snapshot);
            List<String> row = new ArrayList<>(List.of(
                    snapshot.shortId(),
                    Human.time(manifest.ended(), ZoneId.systemDefault()),
                    Human.count(manifest.files()),
                    Human.bytes(manifest.bytes()),
                    Human.bytes(manifest.storedBytes()),
                    String.join(",", label.tags()),
                    label.paths().stream().map(Names::printable).collect(Collectors.joining(" "))
                            + remark(machine, snapshot)));
            if (described) {
                row.add(label.description());
            }
            table.row(row.toArray(String[]::new));
        }
        return table;
    }

    private static String remark(Machine machine, Snapshot snapshot) throws IOException {
        if (machine.snapshots().isForgotten(snapshot)) {
            return " (forgotten)";
        }
        Optional<Instant> since = machine.recallable(snapshot);
        if (since.isPresent()) {
            return " (forgotten " + Human.time(since.get(), ZoneId.systemDefault())
                    + "; bring it back with: cranny forget --recall " + snapshot.shortId() + ")";
        }
        return machine.committed(snapshot) ? "" : " (central does not know it yet)";
    }

    private static JsonLine json(Machine machine, Snapshot snapshot) throws IOException {
        Label label = machine.label(snapshot);
        Manifest manifest = snapshot.manifest();
        JsonArrayBuilder paths = JsonLine.array();
        label.paths().forEach(path -> paths.add(Names.printable(path)));
        JsonArrayBuilder tags = JsonLine.array();
        label.tags().forEach(tags::add);
        return JsonLine.of("snapshot")
                .add("snapshot", snapshot.id())
                .add("version", manifest.version())
                .add("started", manifest.started().toString())
                .add("ended", manifest.ended().toString())
                .add("files", manifest.files())
                .add("bytes", manifest.bytes())
                .add("storedBytes", manifest.storedBytes())
                .add("committed", machine.committed(snapshot))
                .add("forgotten", machine.snapshots().isForgotten(snapshot))
                .add(
                        "forgottenSince",
                        machine.recallable(snapshot).map(Instant::toString).orElse(null))
                .add("host", label.host())
                .add("paths", paths.build())
                .add("tags", tags.build())
                .add("description", label.description());
    }
}
