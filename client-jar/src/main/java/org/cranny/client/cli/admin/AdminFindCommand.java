package org.cranny.client.cli.admin;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cranny.client.central.PeoplesCentral;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "find", description = "Search a machine's snapshot by name and time; no host is woken.")
final class AdminFindCommand implements Callable<Integer> {
    @ParentCommand
    private AdminCommand admin;

    @Parameters(index = "0", paramLabel = "SYSTEM", description = "The machine's number.")
    private long system;

    @Parameters(index = "1", paramLabel = "SNAPSHOT", description = "The beginning of its id, or 'latest'.")
    private String snapshot;

    @Parameters(index = "2", paramLabel = "NAME", description = "A name; * stands for anything, ? for one octet.")
    private String name;

    @Option(names = "--below", paramLabel = "PATH", description = "Only below this folder (default: /).")
    private String below = "/";

    @Option(names = "--modified-from", paramLabel = "TIME", description = "For example 2026-01-31T12:00:00Z.")
    private String from;

    @Option(names = "--modified-until", paramLabel = "TIME", description = "For example 2026-02-01T00:00:00Z.")
    private String until;

    @Option(names = "-l", description = "Type, mode, owner, size and time too.")
    private boolean details;

    @Override
    public Integer call() throws IOException {
        Map<String, String> query = new HashMap<>(Map.of("path", below, "name", name));
        if (from != null) {
            query.put("from", from);
        }
        if (until != null) {
            query.put("until", until);
        }
        try (PeoplesCentral central = admin.central()) {
            Pages.each(
                    central, "systems/" + system + "/snapshots/" + snapshot + "/search", query, "entries", this::print);
        }
        return 0;
    }

    private void print(JsonObject entry) {
        Answers.print(admin.common(), "entry", entry, details ? EntryText.of(entry) : Answers.text(entry, "path"));
    }
}
