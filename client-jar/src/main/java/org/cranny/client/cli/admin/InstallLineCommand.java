package org.cranny.client.cli.admin;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import org.cranny.client.central.PeoplesCentral;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "install-line",
        description = {
            "Make one line to paste into a shell of a machine that is to join.",
            "It is good once, for an hour. Whoever has it can join in that machine's place."
        })
final class InstallLineCommand implements Callable<Integer> {
    @ParentCommand
    private AdminCommand admin;

    @Option(
            names = "--role",
            required = true,
            split = ",",
            paramLabel = "ROLE",
            description = "daemon (lends space), source (is backed up), or daemon,source.")
    private List<String> roles;

    @Option(
            names = "--central",
            paramLabel = "URL",
            description = "Where the machine finds central (default: as you do, --url).")
    private URI central;

    @Override
    public Integer call() throws IOException {
        try (PeoplesCentral connection = admin.central()) {
            JsonObject line = connection
                    .post(
                            "installations/lines",
                            Json.createObjectBuilder()
                                    .add("roles", Json.createArrayBuilder(roles))
                                    .add("central", (central == null ? admin.address() : central).toString())
                                    .build())
                    .asJsonObject();
            Answers.print(admin.common(), "install-line", line, line.getString("line"));
        }
        return 0;
    }
}
