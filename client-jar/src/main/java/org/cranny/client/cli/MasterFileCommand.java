package org.cranny.client.cli;

import jakarta.json.JsonArrayBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.cranny.client.machine.Machine;
import org.cranny.client.masterfile.LocalMasterFile;
import org.cranny.client.report.Human;
import org.cranny.client.report.JsonLine;
import org.cranny.client.report.Table;
import org.cranny.protocol.masterfile.Host;
import org.cranny.protocol.masterfile.MasterFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "master-file",
        description = "List the hosts that may keep this machine's data.",
        subcommands = MasterFileImportCommand.class)
final class MasterFileCommand implements Callable<Integer> {
    @ParentCommand
    private Cranny cranny;

    Cranny cranny() {
        return cranny;
    }

    @Option(names = "--refresh", description = "Ask central first what changed.")
    private boolean refresh;

    @Override
    public Integer call() throws IOException {
        try (Machine machine = Machine.open(cranny.home())) {
            MasterFile masterFile = refresh ? machine.refreshMasterFile() : machine.masterFile();
            List<Host> hosts = LocalMasterFile.hosts(masterFile);
            if (cranny.json()) {
                cranny.screen().line(json(masterFile, hosts));
            } else {
                cranny.screen().line("Version " + masterFile.version() + ", " + Human.count(hosts.size(), "host"));
                table(hosts).print(cranny.screen());
            }
        }
        return ExitCode.DONE.number();
    }

    private static String json(MasterFile masterFile, List<Host> hosts) {
        JsonArrayBuilder list = JsonLine.array();
        for (Host host : hosts) {
            list.add(JsonLine.object()
                    .add("id", host.id())
                    .add("name", host.name())
                    .add("address", host.address())
                    .add("freeBytes", host.freeBytes())
                    .add("quotaBytes", host.quotaBytes())
                    .add("rating", host.rating())
                    .add("availability", host.availability())
                    .add("domain", host.domain())
                    .add("state", host.state().name()));
        }
        return JsonLine.of("master-file")
                .add("version", masterFile.version())
                .add("hosts", list.build())
                .toString();
    }

    private static Table table(List<Host> hosts) {
        Table table = Table.of("ID", "Name", "Address", "Free", "Lent", "Rating", "State");
        hosts.forEach(host -> table.row(
                String.valueOf(host.id()),
                host.name(),
                host.address(),
                Human.bytes(host.freeBytes()),
                Human.bytes(host.quotaBytes()),
                String.format(Locale.ROOT, "%.2f", host.rating()),
                host.state().name().toLowerCase(Locale.ROOT)));
        return table;
    }
}
