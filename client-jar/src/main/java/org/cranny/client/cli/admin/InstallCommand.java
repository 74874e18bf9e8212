package org.cranny.client.cli.admin;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cranny.client.central.PeoplesCentral;
import picocli.CommandLine.Command;
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

    @Option(
            names = "--ssh-user",
            paramLabel = "NAME",
            defaultValue = "root",
            description =
                    "Who logs in there: root, or somebody whom sudo asks no password (default: ${DEFAULT-VALUE}).")
    private String user;

    @Option(names = "--ssh-key", paramLabel = "FILE", description = "Private key for this one installation.")
    private Path key;

    @Option(
            names = "--ssh-password-file",
            paramLabel = "FILE",
            description = "A file with the password of the account, or of the key.")
    private Path password;

    @Option(
            names = "--known-hosts",
            paramLabel = "FILE",
            description =
                    "The machines' host keys, as a known_hosts file. A machine whose key is not known is not touched.")
    private Path knownHosts;

    @Option(
            names = "--host-key",
            paramLabel = "HOST=SHA256:…",
            description = "The fingerprint of one machine's host key; more than once for more machines.")
    private Map<String, String> hostKeys = new LinkedHashMap<>();

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
        if (key == null && password == null) {
            throw admin.wrong("Say how to log in there: --ssh-key FILE or --ssh-password-file FILE.");
        }
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
                .add("user", user)
                .add("hostKeys", keys())
                .add("central", (central == null ? admin.address() : central).toString())
                .add("dryRun", dryRun);
        if (key != null) {
            request.add("key", text(key));
        }
        if (password != null) {
            request.add("password", admin.firstLine(password));
        }
        if (knownHosts != null) {
            request.add("knownHosts", text(knownHosts));
        }
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

    private JsonArrayBuilder keys() {
        JsonArrayBuilder keys = Json.createArrayBuilder();
        hostKeys.forEach((host, fingerprint) ->
                keys.add(Json.createObjectBuilder().add("host", host).add("fingerprint", fingerprint)));
        return keys;
    }

    private String text(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw admin.wrong("There is no file " + file + ".");
        }
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
