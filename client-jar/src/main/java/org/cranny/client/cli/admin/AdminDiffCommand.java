package org.cranny.client.cli.admin;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cranny.client.central.PeoplesCentral;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "diff", description = "Show what differs between two snapshots of a machine.")
final class AdminDiffCommand implements Callable<Integer> {
    @ParentCommand
    private AdminCommand admin;

    @Parameters(index = "0", paramLabel = "SYSTEM", description = "The machine's number.")
    private long system;

    @Parameters(index = "1", paramLabel = "SNAPSHOT", description = "The older one.")
    private String from;

    @Parameters(index = "2", paramLabel = "SNAPSHOT", description = "The newer one, or 'latest'.")
    private String to;

    @Parameters(index = "3", arity = "0..1", paramLabel = "PATH", description = "Only below this folder (default: /).")
    private String path = "/";

    @Override
    public Integer call() throws IOException {
        Map<String, String> query = Map.of("from", from, "to", to, "path", path);
        try (PeoplesCentral central = admin.central()) {
            Pages.each(central, "systems/" + system + "/diff", query, "changes", this::print);
        }
        return 0;
    }

    private void print(JsonObject change) {
        String what = Answers.text(change, "change");
        Answers.print(admin.common(), "change", change, mark(what) + " " + Answers.text(change, "path"));
    }

    private static String mark(String change) {
        return switch (change) {
            case "added" -> "+";
            case "removed" -> "-";
            case "changed" -> "M";
            default -> "U";
        };
    }
}
