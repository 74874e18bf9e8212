package org.cranny.client.cli;

import jakarta.json.JsonValue;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.cranny.client.machine.Backups;
import org.cranny.client.machine.Machine;
import org.cranny.client.report.Human;
import org.cranny.client.report.JsonLine;
import org.cranny.client.report.Table;
import org.cranny.engine.browse.Versions;
import org.cranny.engine.fetch.ChunkReader;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.Thing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "versions", description = "Show what a file was over all snapshots.")
final class VersionsCommand implements Callable<Integer> {
    @ParentCommand
    private Cranny cranny;

    @Parameters(index = "0", paramLabel = "PATH", description = "A file or folder.")
    private String path;

    @Override
    public Integer call() throws IOException {
        byte[] octets = TypedPaths.inSnapshot(path);
        try (Machine machine = Machine.open(cranny.home());
                Backups backups = cranny.toRead(machine);
                ChunkReader chunks = new ChunkReader(backups.source(), backups.packs((host, pack, reason) -> {}))) {
            List<Versions.Version> versions =
                    Versions.of(backups.source().snapshots().kept(), octets, chunks);
            if (cranny.json()) {
                versions.forEach(
                        version -> cranny.screen().line(json(version, octets).toString()));
            } else {
                table(versions).print(cranny.screen());
            }
        }
        return ExitCode.DONE.number();
    }

    private static JsonLine json(Versions.Version version, byte[] path) {
        return JsonLine.of("version-of")
                .add("firstSnapshot", version.first().id())
                .add("first", version.first().manifest().ended().toString())
                .add("lastSnapshot", version.last().id())
                .add("last", version.last().manifest().ended().toString())
                .add(
                        "entry",
                        version.entry() == null
                                ? JsonValue.NULL
                                : EntryLine.json(version.entry(), path).build());
    }

    private static Table table(List<Versions.Version> versions) {
        Table table = Table.of("From", "Time", "To", "Time", "What");
        for (Versions.Version version : versions) {
            table.row(
                    version.first().shortId(),
                    Human.time(version.first().manifest().ended(), ZoneId.systemDefault()),
                    version.last().shortId(),
                    Human.time(version.last().manifest().ended(), ZoneId.systemDefault()),
                    what(version.entry()));
        }
        return table;
    }

    private static String what(Entry entry) {
        if (entry == null) {
            return "-";
        }
        String size = entry.thing() instanceof Thing.File file ? ", " + Human.bytes(file.size()) : "";
        return entry.type() + size;
    }
}
