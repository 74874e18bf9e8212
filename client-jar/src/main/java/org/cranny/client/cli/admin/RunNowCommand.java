package org.cranny.client.cli.admin;

import jakarta.json.Json;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.protocol.job.JobKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "run-now", description = "Let a system back up now what it usually does.")
final class RunNowCommand implements Callable<Integer> {
    @ParentCommand
    private AdminCommand admin;

    @Parameters(index = "0", paramLabel = "SYSTEM", description = "Its number or name.")
    private String system;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the log.")
    private String reason;

    @Mixin
    private WaitOption waiting;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (PeoplesCentral central = admin.central()) {
            return waiting.conclude(
                    admin, central, Order.send(central, system, JobKind.RUN_NOW, Json.createObjectBuilder(), reason));
        }
    }
}
