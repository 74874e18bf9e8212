package org.cranny.client.cli.admin;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.protocol.job.JobKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "check", description = "Let a system find out whether its snapshots can be restored.")
final class CheckOrderCommand implements Callable<Integer> {
    @ParentCommand
    private AdminCommand admin;

    @Parameters(index = "0", paramLabel = "SYSTEM", description = "Its number or name.")
    private String system;

    @Option(
            names = "--snapshot",
            paramLabel = "ID",
            description = "The beginning of an id, or 'latest' (default: all).")
    private String snapshot;

    @Option(
            names = "--read-data",
            description = "Fetch and open one copy of every pack, too, and not only have hosts prove them.")
    private boolean readData;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the log.")
    private String reason;

    @Mixin
    private WaitOption waiting;

    @Override
    public Integer call() throws IOException, InterruptedException {
        JsonObjectBuilder document = Json.createObjectBuilder().add("readData", readData);
        if (snapshot != null) {
            document.add("snapshot", snapshot);
        }
        try (PeoplesCentral central = admin.central()) {
            return waiting.conclude(admin, central, Order.send(central, system, JobKind.CHECK, document, reason));
        }
    }
}
