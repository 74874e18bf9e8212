package org.cranny.client.cli.admin;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.cranny.client.central.PeoplesCentral;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "cancel", description = "Stop a job. What is stored already stays.")
final class CancelCommand implements Callable<Integer> {
    @ParentCommand
    private AdminCommand admin;

    @Parameters(paramLabel = "JOB", description = "Its number.")
    private long job;

    @Mixin
    private WaitOption waiting;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (PeoplesCentral central = admin.central()) {
            JsonObject answer = central.post("jobs/" + job + "/cancel", JsonValue.EMPTY_JSON_OBJECT)
                    .asJsonObject();
            if (waiting.wanted()) {
                waiting.conclude(admin, central, answer);
                return 0;
            }
            String state = answer.getString("state");
            Answers.print(
                    admin.common(),
                    "job",
                    answer,
                    state.equals("RUNNING") ? "Job " + job + " is being stopped." : JobText.sentence(answer));
            return 0;
        }
    }
}
