package org.cranny.client.cli.admin;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cranny.client.central.PeoplesCentral;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "ls", description = "List a folder of a machine's snapshot; no host is woken.")
final class AdminLsCommand implements Callable<Integer> {
    @ParentCommand
    private AdminCommand admin;

    @Parameters(index = "0", paramLabel = "SYSTEM", description = "The machine's number.")
    private long system;

    @Parameters(index = "1", paramLabel = "SNAPSHOT", description = "The beginning of its id, or 'latest'.")
    private String snapshot;

    @Parameters(index = "2", arity = "0..1", paramLabel = "PATH", description = "A file or folder (default: /).")
    private String path = "/";

    @Option(names = "-l", description = "Type, mode, owner, size and time too.")
    private boolean details;

    @Override
    public Integer call() throws IOException {
        try (PeoplesCentral central = admin.central()) {
            Pages.each(
                    central,
                    "systems/" + system + "/snapshots/" + snapshot + "/tree",
                    Map.of("path", path),
                    "entries",
                    this::print);
        }
        return 0;
    }

    private void print(JsonObject entry) {
        Answers.print(admin.common(), "entry", entry, details ? EntryText.of(entry) : Answers.text(entry, "path"));
    }
}
