package org.cranny.client.cli.admin;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.cranny.client.central.PeoplesCentral;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "job", description = "Show one job: its order, how far it is, how it ended.")
final class JobCommand implements Callable<Integer> {
    @ParentCommand
    private AdminCommand admin;

    @Parameters(paramLabel = "JOB", description = "Its number.")
    private long job;

    @Option(names = "--paths", description = "List its paths instead.")
    private boolean paths;

    @Mixin
    private WaitOption waiting;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (PeoplesCentral central = admin.central()) {
            JsonObject found = central.get("jobs/" + job).asJsonObject();
            if (paths) {
                listPaths(central, found.getInt("pages"));
                return 0;
            }
            if (waiting.wanted()) {
                return waiting.conclude(admin, central, found);
            }
            if (admin.common().json()) {
                Answers.print(admin.common(), "job", found, "");
            } else {
                JobText.lines(found).forEach(admin.common().screen()::line);
            }
            return 0;
        }
    }

    private void listPaths(PeoplesCentral central, int pages) throws IOException {
        for (int page = 1; page <= pages; page++) {
            JsonObject answer = central.get("jobs/" + job + "/paths", java.util.Map.of("page", page))
                    .asJsonObject();
            if (admin.common().json()) {
                Answers.print(admin.common(), "job-paths", answer, "");
            } else {
                answer.getJsonArray("paths")
                        .getValuesAs(jakarta.json.JsonString.class)
                        .forEach(path -> admin.common().screen().line(path.getString()));
            }
        }
    }
}
