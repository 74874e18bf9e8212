package org.cranny.client.cli.admin;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.client.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Leave to open what a machine keeps. */
@Command(
        name = "approvals",
        description = "List who asks for leave to open a machine's backups, and give or refuse it.",
        synopsisSubcommandLabel = "COMMAND")
final class ApprovalsCommand implements Callable<Integer> {
    @ParentCommand
    private AdminCommand admin;

    @Option(names = "--all", description = "Also those that are decided or over (default: those that wait).")
    private boolean all;

    @Override
    public Integer call() throws IOException {
        try (PeoplesCentral central = admin.central()) {
            JsonValue list = central.get("approvals", Map.of("all", all));
            Answers.print(admin.common(), "approval", list, ApprovalsCommand::table);
        }
        return 0;
    }

    @Command(description = "Give leave; whoever asked for it cannot.")
    int give(@Parameters(paramLabel = "ID", description = "Of the approval.") long id) throws IOException {
        return decide(id, "give", "Approval " + id + " is given.");
    }

    @Command(description = "Refuse, or take back what was given.")
    int refuse(@Parameters(paramLabel = "ID", description = "Of the approval.") long id) throws IOException {
        return decide(id, "refuse", "Approval " + id + " is refused.");
    }

    private int decide(long id, String decision, String sentence) throws IOException {
        try (PeoplesCentral central = admin.central()) {
            JsonObject decided = central.post("approvals/" + id + "/" + decision, JsonValue.EMPTY_JSON_OBJECT)
                    .asJsonObject();
            Answers.print(admin.common(), "approval", decided, sentence);
        }
        return 0;
    }

    private static Table table(List<JsonObject> approvals) {
        Table table = Table.of("ID", "System", "What for", "Asked by", "Asked", "State", "Until", "Why");
        for (JsonObject approval : approvals) {
            table.row(
                    Answers.text(approval, "id"),
                    Answers.text(approval, "system"),
                    Answers.text(approval, "purpose"),
                    Answers.text(approval, "askedBy"),
                    Answers.time(approval, "asked"),
                    JobsCommand.word(approval, "state"),
                    Answers.time(approval, "expires"),
                    Answers.text(approval, "why"));
        }
        return table;
    }
}
