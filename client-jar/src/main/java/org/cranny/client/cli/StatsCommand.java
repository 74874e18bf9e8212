package org.cranny.client.cli;

import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cranny.client.machine.Backups;
import org.cranny.client.machine.Machine;
import org.cranny.client.report.Human;
import org.cranny.client.report.JsonLine;
import org.cranny.client.report.Table;
import org.cranny.engine.placement.Holding;
import org.cranny.engine.placement.Holdings;
import org.cranny.engine.snapshot.Snapshot;
import org.cranny.engine.snapshot.Snapshots;
import org.cranny.protocol.fragment.FragmentId;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.snapshot.PackClass;
import org.cranny.protocol.snapshot.PackEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "stats",
        description = "Say how much is backed up, how much room that takes, and where. Nobody is asked.")
final class StatsCommand implements Callable<Integer> {
    @ParentCommand
    private Cranny cranny;

    @Parameters(
            arity = "0..1",
            paramLabel = "SNAPSHOT",
            description = "The beginning of its id, or 'latest' (default: all that are kept).")
    private String snapshot;

    /** What some snapshots take together. */
    private static final class Sums {
        private long files;
        private long bytes;
        private long packs;
        private long sealed;
        private long allCopies;
        private final Map<PackClass, Long> byClass = new EnumMap<>(PackClass.class);
        private final Map<Long, Long> byHost = new TreeMap<>();

        void add(Snapshot snapshot) {
            files += snapshot.manifest().files();
            bytes += snapshot.manifest().bytes();
        }

        void add(PackEntry pack, Holdings holdings) {
            packs++;
            sealed += pack.length();
            byClass.merge(pack.packClass(), pack.length(), Long::sum);
            for (long host : holdings.of(pack.pack()).map(Holding::hosts).orElse(List.of())) {
                allCopies += pack.length();
                byHost.merge(host, pack.length(), Long::sum);
            }
        }
    }

    @Override
    public Integer call() throws IOException {
        try (Machine machine = Machine.open(cranny.home());
                Backups backups = cranny.toRead(machine)) {
            Snapshots all = backups.source().snapshots();
            List<Snapshot> chosen = snapshot == null ? all.kept() : List.of(all.find(snapshot));
            Map<FragmentId, PackEntry> packs = new LinkedHashMap<>();
            Sums sums = new Sums();
            for (Snapshot each : chosen) {
                sums.add(each);
                packs.putAll(all.packSet(each));
            }
            packs.values().forEach(pack -> sums.add(pack, backups.source().holdings()));
            Map<Long, String> names =
                    backups.hosts().stream().collect(Collectors.toMap(Host::id, Host::name, (a, b) -> a));
            Function<Long, String> name = host -> names.getOrDefault(host, "host " + host);
            if (cranny.json()) {
                cranny.screen().line(json(chosen.size(), sums, name).toString());
            } else {
                print(chosen, sums, name);
            }
        }
        return ExitCode.DONE.number();
    }

    private void print(List<Snapshot> chosen, Sums sums, Function<Long, String> name) {
        if (chosen.isEmpty()) {
            cranny.say("There is no snapshot yet. Make one: cranny backup PATH");
            return;
        }
        cranny.say(Human.count(chosen.size(), "snapshot") + " with " + Human.count(sums.files, "file") + ", "
                + Human.bytes(sums.bytes) + (chosen.size() > 1 ? ", each counted whole." : "."));
        cranny.say(Human.bytes(sums.sealed) + " of it are kept, sealed, in " + Human.count(sums.packs, "pack")
                + ratio(sums) + "; with all copies " + Human.bytes(sums.allCopies) + ".");
        Table table = Table.of("Host", "Keeps");
        sums.byHost.forEach((host, bytes) -> table.row(name.apply(host), Human.bytes(bytes)));
        table.print(cranny.screen());
    }

    private static String ratio(Sums sums) {
        return sums.sealed == 0
                ? ""
                : String.format(Locale.ROOT, ", %.1f times smaller", (double) sums.bytes / sums.sealed);
    }

    private static JsonLine json(int snapshots, Sums sums, Function<Long, String> name) {
        var hosts = JsonLine.array();
        sums.byHost.forEach((host, bytes) -> hosts.add(
                JsonLine.object().add("id", host).add("name", name.apply(host)).add("bytes", bytes)));
        var classes = JsonLine.object();
        sums.byClass.forEach((each, bytes) -> classes.add(each.name().toLowerCase(Locale.ROOT), bytes));
        return JsonLine.of("stats")
                .add("snapshots", snapshots)
                .add("files", sums.files)
                .add("bytes", sums.bytes)
                .add("packs", sums.packs)
                .add("storedBytes", sums.sealed)
                .add("allCopiesBytes", sums.allCopies)
                .add("classes", classes.build())
                .add("hosts", hosts.build());
    }
}
