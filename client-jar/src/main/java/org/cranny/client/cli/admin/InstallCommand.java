package org.cranny.client.cli.admin;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import org.cranny.client.central.PeoplesCentral;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What is asked for is shown until it ends; whoever stops watching stops nothing. */
@Command(
        name = "install",
        description = "Let central install the daemon, the backup application or both on machines that have sshd.")
final class InstallCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    @ParentCommand
    private AdminCommand admin;

    @Parameters(
            paramLabel = "TARGET",
            arity = "1..*",
            description =
                    "A machine's name or address, or a subnet as 10.0.0.0/24; :PORT behind it when its sshd is not at"
                            + " 22.")
    private List<String> targets;

    @Option(
            names = "--role",
            required = true,
            split = ",",
            paramLabel = "ROLE",
            description = "daemon (lends space), source (is backed up), or daemon,source.")
    private List<String> roles;

    @Mixin
    private SshOptions ssh;

    @Option(
            names = "--central",
            paramLabel = "URL",
            description = "Where the machines find central (default: as you do, --url).")
    private URI central;

    @Option(names = "--daemon-port", paramLabel = "PORT", description = "Where daemons listen (default: 9443).")
    private Integer daemonPort;

    @Option(names = "--quota", paramLabel = "SIZE", description = "The most that each lends, for example 20G.")
    private String quota;

    @Option(names = "--keep-free", paramLabel = "SHARE|SIZE", description = "What stays free on each (default: 10%%).")
    private String keepFree;

    @Option(names = "--dry-run", description = "Look at each machine, and install nothing.")
    private boolean dryRun;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ssh.check(admin);
        JsonObject request = request();
        try (PeoplesCentral connection = admin.central()) {
            JsonObject begun = connection.post("installations", request).asJsonObject();
            JsonObject ended = new InstallationWatch(admin, connection).untilEnded(begun);
            Answers.print(admin.common(), "installation", ended, InstallationWatch.report(ended));
            return ended.getString("state").equals("DONE") ? 0 : FAILED;
        }
    }

    private JsonObject request() throws IOException {
        JsonObjectBuilder request = Json.createObjectBuilder()
                .add("targets", Json.createArrayBuilder(targets))
                .add("roles", Json.createArrayBuilder(roles))
                .add("central", (central == null ? admin.address() : central).toString())
                .add("dryRun", dryRun);
        ssh.addTo(request, admin);
        if (daemonPort != null) {
            request.add("daemonPort", daemonPort);
        }
        if (quota != null) {
            request.add("quota", quota);
        }
        if (keepFree != null) {
            request.add("keepFree", keepFree);
        }
        return request.build();
    }
}
