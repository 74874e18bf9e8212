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

@Command(name = "rotate-keys", description = "Let a system seal its new backups with new keys; nothing is sent again.")
final class RotateKeysCommand implements Callable<Integer> {
    @ParentCommand
    private AdminCommand admin;

    @Parameters(index = "0", paramLabel = "SYSTEM", description = "Its number or name.")
    private String system;

    @Option(
            names = "--after-compromise",
            description = "Its keys may be in wrong hands: its next backup sends everything again.")
    private boolean afterCompromise;

    @Option(names = "--yes", description = "Everything shall be sent again (needed with --after-compromise).")
    private boolean yes;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the log.")
    private String reason;

    @Mixin
    private WaitOption waiting;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (afterCompromise && !yes) {
            throw admin.wrong("The system's next backup will send everything again. Say --yes if you mean it.");
        }
        try (PeoplesCentral central = admin.central()) {
            return waiting.conclude(
                    admin,
                    central,
                    Order.send(
                            central,
                            system,
                            JobKind.ROTATE_KEYS,
                            Json.createObjectBuilder().add("afterCompromise", afterCompromise),
                            reason));
        }
    }
}
