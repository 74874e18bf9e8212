package org.cranny.client.cli.admin;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.protocol.job.JobKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "backup", description = "Let a system back up exactly these files and folders.")
final class BackupOrderCommand implements Callable<Integer> {
    @ParentCommand
    private AdminCommand admin;

    @Parameters(index = "0", paramLabel = "SYSTEM", description = "Its number or name.")
    private String system;

    @Parameters(index = "1..*", paramLabel = "PATH", description = "Absolute paths on that system.")
    private List<String> paths = new ArrayList<>();

    @Option(names = "--tag", paramLabel = "TAG", description = "A word to find the snapshot by; may be repeated.")
    private List<String> tags = new ArrayList<>();

    @Mixin
    private Order order;

    @Mixin
    private WaitOption waiting;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (paths.isEmpty() && !order.listed()) {
            throw admin.wrong("Name a PATH, or a list of files with --files-from.");
        }
        try (PeoplesCentral central = admin.central()) {
            JsonObject job = order.send(
                    central,
                    system,
                    JobKind.BACKUP,
                    Json.createObjectBuilder().add("tags", Json.createArrayBuilder(tags)),
                    paths);
            return waiting.conclude(admin, central, job);
        }
    }
}
