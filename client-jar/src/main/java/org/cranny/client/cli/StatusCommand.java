package org.cranny.client.cli;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.cranny.client.machine.Machine;
import org.cranny.client.report.JsonLine;
import org.cranny.client.report.Table;
import org.cranny.client.status.HostReport;
import org.cranny.client.status.HostReports;
import org.cranny.client.status.OneMachine;
import org.cranny.client.status.Overview;
import org.cranny.protocol.job.AgentHold;
import org.cranny.protocol.masterfile.Host;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(name = "status", description = "Say how this machine's backups, central and the hosts are.")
final class StatusCommand implements Callable<Integer> {
    @ParentCommand
    private Cranny cranny;

    @Option(names = "--hosts", description = "Ask every host how it is, and show its own counters.")
    private boolean askHosts;

    @Override
    public Integer call() throws IOException {
        try (Machine machine = Machine.open(cranny.home())) {
            Overview overview = Overview.of(machine);
            List<HostReport> reports = askHosts ? new HostReports(machine.identity()).ask(overview.hosts()) : List.of();
            if (cranny.json()) {
                cranny.screen().line(json(overview, reports).toString());
            } else {
                overview.sentences().forEach(cranny.screen()::line);
                if (askHosts) {
                    table(reports).print(cranny.screen());
                }
            }
        }
        return ExitCode.DONE.number();
    }

    private JsonLine json(Overview overview, List<HostReport> reports) {
        JsonLine line = JsonLine.of("status")
                .add("name", overview.configuration().name())
                .add("system", overview.configuration().system().number())
                .add("realm", overview.configuration().system().realm().hex())
                .add(
                        "central",
                        overview.configuration().hasCentral()
                                ? overview.configuration().central().toString()
                                : null)
                .add("centralTrouble", overview.centralTrouble().orElse(null))
                .add("masterFile", overview.masterFileVersion())
                .add(
                        "allotmentExpires",
                        overview.allotmentExpires().map(Object::toString).orElse(null))
                .add("snapshots", overview.snapshots())
                .add("lastSnapshot", overview.last().map(last -> last.id()).orElse(null))
                .add("allOnOneMachine", OneMachine.holdsAll(overview.hosts()))
                .add("held", overview.hold().map(AgentHold::kind).orElse(null))
                .add(
                        "heldSince",
                        overview.hold().map(hold -> hold.since().toString()).orElse(null))
                .add(
                        "heldUntil",
                        overview.hold()
                                .map(AgentHold::until)
                                .map(Object::toString)
                                .orElse(null))
                .add("uploadBytesPerSecond", overview.rates().upload())
                .add("downloadBytesPerSecond", overview.rates().download());
        if (askHosts) {
            JsonArrayBuilder hosts = JsonLine.array();
            reports.forEach(report -> hosts.add(json(report)));
            line.add("hosts", hosts.build());
        }
        return line;
    }

    private static JsonObjectBuilder json(HostReport report) {
        Host host = report.host();
        JsonObjectBuilder object = JsonLine.object()
                .add("id", host.id())
                .add("name", host.name())
                .add("address", host.address())
                .add("state", host.state().name())
                .add("reached", report.reached());
        if (!report.reached()) {
            return object.add("trouble", report.trouble());
        }
        for (String member : List.of("version", "boots", "capacity", "counters")) {
            Optional.ofNullable(report.said().get(member)).ifPresent(value -> object.add(member, value));
        }
        return object;
    }

    private static Table table(List<HostReport> reports) {
        Table table = Table.of("ID", "Name", "State", "Keeps", "Free", "Puts", "Gets", "");
        reports.forEach(report -> table.row(
                String.valueOf(report.host().id()),
                report.host().name(),
                report.host().state().name().toLowerCase(Locale.ROOT),
                report.bytes("capacity", "keptBytes"),
                report.bytes("capacity", "availableBytes"),
                report.count("counters", "putRequests"),
                report.count("counters", "getRequests"),
                report.reached() ? "" : "does not answer: " + report.trouble()));
        return table;
    }
}
