package org.cranny.client.cli;

import jakarta.json.JsonArrayBuilder;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.cranny.client.report.Human;
import org.cranny.client.report.JsonLine;
import org.cranny.client.report.Names;
import org.cranny.client.report.Table;
import org.cranny.client.machine.Machine;
import org.cranny.engine.snapshot.Label;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.protocol.snapshot.Manifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(name = "snapshots", description = "List the snapshots of this machine; central is not asked.")
final class SnapshotsCommand implements Callable<Integer> {
    @ParentCommand
    private Cranny cranny;

    @Override
    public Integer call() throws IOException {
        try (Machine machine = Machine.open(cranny.home())) {
            List<Snapshot> snapshots = machine.snapshots().list();
            if (cranny.json()) {
                for (Snapshot snapshot : snapshots) {
                    cranny.screen().line(json(snapshot, machine.label(snapshot)).toString());
                }
            } else if (snapshots.isEmpty()) {
                cranny.say("There is no snapshot yet. Make one: cranny backup PATH");
            } else {
                table(machine, snapshots).print(cranny.screen());
            }
        }
        return ExitCode.DONE.number();
    }

    private static Table table(Machine machine, List<Snapshot> snapshots) throws IOException {
        Table table = Table.of("ID", "Time", "Files", "Size", "New", "Tags", "Paths");
        for (Snapshot snapshot : snapshots) {
            Manifest manifest = snapshot.manifest();
            Label label = machine.label(snapshot);
            String waits = snapshot.committed() == null ? " (central does not know it yet)" : "";
            table.row(
                    snapshot.shortId(),
                    Human.time(manifest.ended(), ZoneId.systemDefault()),
                    Human.count(manifest.files()),
                    Human.bytes(manifest.bytes()),
                    Human.bytes(manifest.storedBytes()),
                    String.join(",", label.tags()),
                    label.paths().stream().map(Names::printable).collect(Collectors.joining(" ")) + waits);
        }
        return table;
    }

    private static JsonLine json(Snapshot snapshot, Label label) {
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
                .add("committed", snapshot.committed() != null)
                .add("host", label.host())
                .add("paths", paths.build())
                .add("tags", tags.build());
    }
}
