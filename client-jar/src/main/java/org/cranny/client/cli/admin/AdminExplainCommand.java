package org.cranny.client.cli.admin;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.client.report.Human;
import org.cranny.client.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "explain", description = "Show who holds a file, and how many losses it survives.")
final class AdminExplainCommand implements Callable<Integer> {
    private static final int SHORT = 8;

    @ParentCommand
    private AdminCommand admin;

    @Parameters(index = "0", paramLabel = "SYSTEM", description = "The machine's number.")
    private long system;

    @Parameters(index = "1", paramLabel = "SNAPSHOT", description = "The beginning of its id, or 'latest'.")
    private String snapshot;

    @Parameters(index = "2", paramLabel = "PATH", description = "A file or folder.")
    private String path;

    @Override
    public Integer call() throws IOException {
        try (PeoplesCentral central = admin.central()) {
            JsonObject answer = central.get(
                            "systems/" + system + "/snapshots/" + snapshot + "/explain", Map.of("path", path))
                    .asJsonObject();
            Answers.print(admin.common(), "explanation", answer, sentence(answer));
            if (!admin.common().json()) {
                table(answer).print(admin.common().screen());
            }
        }
        return 0;
    }

    private static String sentence(JsonObject answer) {
        return Answers.text(answer.getJsonObject("entry"), "path") + " is as it is since "
                + Answers.time(answer, "since") + ", and survives the loss of any "
                + Human.count(answer.getInt("losses"), "host") + ".";
    }

    private static Table table(JsonObject answer) {
        Table table = Table.of("Pack", "Size", "Hosts");
        for (JsonObject pack : answer.getJsonArray("packs").getValuesAs(JsonObject.class)) {
            String hosts = pack.getJsonArray("hosts").getValuesAs(JsonObject.class).stream()
                    .map(host -> Answers.text(host, "name") + " ("
                            + Answers.text(host, "state").toLowerCase(java.util.Locale.ROOT) + ")")
                    .collect(Collectors.joining(", "));
            table.row(pack.getString("pack").substring(0, SHORT), Answers.bytes(pack, "length"), hosts);
        }
        return table;
    }
}
