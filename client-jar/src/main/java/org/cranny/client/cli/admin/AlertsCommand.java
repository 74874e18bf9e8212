package org.cranny.client.cli.admin;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.client.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "alerts", description = "List what is wrong, newest first; or take an alert on, or try the channels.")
final class AlertsCommand implements Callable<Integer> {
    @ParentCommand
    private AdminCommand admin;

    @Option(names = "--state", paramLabel = "STATE", description = "open, acknowledged or resolved (default: all).")
    private String state;

    @Option(names = "--after", paramLabel = "ID", description = "Go on after this alert of the list.")
    private Long after;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "How many (default: 50).")
    private int limit;

    @Override
    public Integer call() throws IOException {
        try (PeoplesCentral central = admin.central()) {
            Map<String, Object> query = new LinkedHashMap<>();
            query.put("limit", limit);
            if (state != null) {
                query.put("state", state.toUpperCase(Locale.ROOT));
            }
            if (after != null) {
                query.put("after", after);
            }
            Answers.print(admin.common(), "alert", central.get("alerts", query), AlertsCommand::table);
        }
        return 0;
    }

    @Command(name = "ack", description = "Take an alert on: nobody is reminded of it any more.")
    int acknowledge(@Parameters(paramLabel = "ALERT", description = "Its number.") long alert) throws IOException {
        try (PeoplesCentral central = admin.central()) {
            JsonObject answer = central.post("alerts/" + alert + "/acknowledge", JsonValue.EMPTY_JSON_OBJECT)
                    .asJsonObject();
            String sentence = answer.getString("state").equals("RESOLVED")
                    ? "Alert " + alert + " is over already."
                    : "Alert " + alert + " is " + Answers.text(answer, "acknowledgedBy") + "'s now.";
            Answers.print(admin.common(), "alert", answer, sentence);
        }
        return 0;
    }

    @Command(name = "test", description = "Send a trial through each channel and see what comes of it.")
    int test() throws IOException {
        try (PeoplesCentral central = admin.central()) {
            JsonArray trials =
                    central.post("alerts/trial", JsonValue.EMPTY_JSON_OBJECT).asJsonArray();
            if (trials.isEmpty() && !admin.common().json()) {
                admin.common().say("No channel is set: see cranny.mail.server and cranny.webhook.urls.");
            } else {
                Answers.print(admin.common(), "trial", trials, AlertsCommand::trials);
            }
            return trials.getValuesAs(JsonObject.class).stream().allMatch(trial -> trial.getBoolean("delivered"))
                    ? 0
                    : 1;
        }
    }

    private static Table table(Iterable<JsonObject> alerts) {
        Table table = Table.of("ID", "State", "Kind", "Who", "Since", "By", "");
        for (JsonObject alert : alerts) {
            String name = Answers.text(alert, "name");
            String subject = Answers.text(alert, "subject");
            table.row(
                    Answers.text(alert, "id"),
                    JobsCommand.word(alert, "state"),
                    JobsCommand.word(alert, "kind"),
                    name.equals(subject) ? name : name + " (" + subject + ")",
                    Answers.time(alert, "since"),
                    Answers.text(alert, "acknowledgedBy"),
                    Answers.text(alert, "detail"));
        }
        return table;
    }

    private static Table trials(Iterable<JsonObject> trials) {
        Table table = Table.of("Channel", "To", "Delivered", "");
        for (JsonObject trial : trials) {
            table.row(
                    Answers.text(trial, "channel"),
                    Answers.text(trial, "target"),
                    trial.getBoolean("delivered") ? "yes" : "no",
                    Answers.text(trial, "failure"));
        }
        return table;
    }
}
