package org.cranny.client.cli.admin;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.engine.posix.PathBytes;
import org.cranny.protocol.job.JobKind;
import org.cranny.protocol.octets.PathNotation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "restore", description = "Let a system bring its own files back below a folder of its own.")
final class RestoreOrderCommand implements Callable<Integer> {
    @ParentCommand
    private AdminCommand admin;

    @Parameters(index = "0", paramLabel = "SYSTEM", description = "Its number or name.")
    private String system;

    @Parameters(index = "1..*", paramLabel = "PATH", description = "What to bring back (default: everything).")
    private List<String> paths = new ArrayList<>();

    @Option(
            names = "--snapshot",
            defaultValue = "latest",
            paramLabel = "ID",
            description = "The beginning of its id, or 'latest' (default).")
    private String snapshot;

    @Option(names = "--target", required = true, paramLabel = "DIR", description = "Absolute path on that system.")
    private Path target;

    @Option(names = "--overwrite", description = "Replace what is in the way; other files stay.")
    private boolean overwrite;

    @Option(names = "--faithful", description = "Bring devices, setuid and foreign owners back too.")
    private boolean faithful;

    @Mixin
    private Order order;

    @Mixin
    private WaitOption waiting;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!target.isAbsolute()) {
            throw admin.wrong("--target is a folder on the other system: give its absolute path.");
        }
        try (PeoplesCentral central = admin.central()) {
            JsonObject job = order.send(
                    central,
                    system,
                    JobKind.RESTORE,
                    Json.createObjectBuilder()
                            .add("snapshot", snapshot)
                            .add("target", PathNotation.of(PathBytes.of(target.normalize())))
                            .add("safe", !faithful)
                            .add("overwrite", overwrite),
                    paths);
            return waiting.conclude(admin, central, job);
        }
    }
}
