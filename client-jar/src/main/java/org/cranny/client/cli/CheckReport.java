package org.cranny.client.cli;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.List;
import org.cranny.client.report.Human;
import org.cranny.client.report.JsonLine;
import org.cranny.client.report.Progress;
import org.cranny.client.report.Table;
import org.cranny.engine.check.CheckOutcome;
import org.cranny.engine.check.Finding;
import org.cranny.engine.check.HostCheck;
import org.cranny.engine.check.TrialOutcome;
import org.cranny.engine.snapshot.Snapshot;

/** What {@code cranny check} says at its end. */
final class CheckReport {
    private CheckReport() {}

    /** @param byHosts whether hosts read for us, and not we */
    static String looked(CheckOutcome outcome, boolean byHosts, Progress progress) {
        long bytes =
                byHosts ? outcome.hosts().stream().mapToLong(HostCheck::bytes).sum() : outcome.bytes();
        return Human.count(outcome.snapshots(), "snapshot") + ", " + Human.count(outcome.packs(), "pack") + ", "
                + Human.count(outcome.copies()) + " good copies of them, " + Human.bytes(bytes) + " read"
                + (byHosts ? " by their hosts" : "") + " in " + time(progress) + ".";
    }

    static String sentence(Snapshot snapshot, TrialOutcome outcome, Progress progress) {
        return Human.count(outcome.files(), "file") + " of snapshot " + snapshot.shortId()
                + " came back as it has them, "
                + Human.bytes(outcome.bytes()) + ", and are gone again; " + Human.count(outcome.compared())
                + " of them are unchanged on this disk and were compared with it. Took " + time(progress) + ".";
    }

    static Table table(CheckOutcome outcome) {
        Table table = Table.of("Host", "Copies", "Right", "Wrong", "Missing", "Read there", "");
        for (HostCheck host : outcome.hosts()) {
            table.row(
                    host.name(),
                    Human.count(host.copies()),
                    Human.count(host.right()),
                    Human.count(host.wrong()),
                    Human.count(host.missing()),
                    Human.bytes(host.bytes()),
                    host.trouble() == null ? "" : host.trouble());
        }
        return table;
    }

    static JsonLine json(CheckOutcome outcome, Progress progress) {
        JsonArrayBuilder hosts = JsonLine.array();
        outcome.hosts().forEach(host -> hosts.add(json(host)));
        return JsonLine.of("summary")
                .add("sound", outcome.sound())
                .add("snapshots", outcome.snapshots())
                .add("packs", outcome.packs())
                .add("copies", outcome.copies())
                .add("bytes", outcome.bytes())
                .add("unproven", outcome.unproven())
                .add("hosts", hosts.build())
                .add("findings", findings(outcome.findings()).build())
                .addSeconds("seconds", progress.elapsedMillis());
    }

    static JsonLine json(Snapshot snapshot, TrialOutcome outcome, Progress progress) {
        return JsonLine.of("summary")
                .add("sound", outcome.sound())
                .add("snapshot", snapshot.id())
                .add("files", outcome.files())
                .add("bytes", outcome.bytes())
                .add("compared", outcome.compared())
                .add("findings", findings(outcome.findings()).build())
                .addSeconds("seconds", progress.elapsedMillis());
    }

    private static JsonObjectBuilder json(HostCheck host) {
        JsonObjectBuilder object = JsonLine.object()
                .add("host", host.host())
                .add("hostName", host.name())
                .add("copies", host.copies())
                .add("right", host.right())
                .add("wrong", host.wrong())
                .add("missing", host.missing())
                .add("bytes", host.bytes());
        return host.trouble() == null ? object.addNull("trouble") : object.add("trouble", host.trouble());
    }

    private static JsonArrayBuilder findings(List<Finding> findings) {
        JsonArrayBuilder array = JsonLine.array();
        findings.forEach(finding -> array.add(json(finding)));
        return array;
    }

    private static JsonObjectBuilder json(Finding finding) {
        JsonObjectBuilder object = JsonLine.object()
                .add("host", finding.host())
                .add("hostName", finding.hostName())
                .add("damage", finding.damage())
                .add("reason", String.valueOf(finding.reason()));
        return finding.pack() == null ? object.addNull("pack") : object.add("pack", finding.pack());
    }

    private static String time(Progress progress) {
        return Human.duration(Duration.ofMillis(progress.elapsedMillis()));
    }
}
