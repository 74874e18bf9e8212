package org.cranny.client.cli.admin;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.cranny.client.report.Human;
import org.cranny.client.report.Names;

/** A job in words. */
final class JobText {
    private JobText() {}

    static String sentence(JsonObject job) {
        StringBuilder text = new StringBuilder("Job ")
                .append(Answers.text(job, "id"))
                .append(" (")
                .append(JobsCommand.word(job, "kind"))
                .append(" on system ")
                .append(Answers.text(job, "system"))
                .append(") is ")
                .append(JobsCommand.word(job, "state"))
                .append(hold(job));
        if (job.get("progress") instanceof JsonObject progress) {
            text.append(": ")
                    .append(Human.count(progress.getJsonNumber("files").longValue(), "file"))
                    .append(", ")
                    .append(Answers.bytes(progress, "bytes"));
        }
        if (job.get("summary") instanceof JsonObject summary && summary.containsKey("snapshot")) {
            String snapshot = Answers.text(summary, "snapshot");
            text.append(", snapshot ").append(snapshot, 0, Math.min(8, snapshot.length()));
        }
        return text.append('.').toString();
    }

    /** Why its agent does not take it, for example {@code , paused by its owner until 2030-01-01T12:00:00Z}. */
    static String hold(JsonObject job) {
        if (!(job.get("hold") instanceof JsonObject hold)) {
            return "";
        }
        return switch (Answers.text(hold, "kind")) {
            case "PAUSED" -> ", paused by its owner until " + Answers.time(hold, "until");
            case "BATTERY" -> ", because the machine runs on its battery since " + Answers.time(hold, "since");
            case "METERED" -> ", because its connection is paid by amount since " + Answers.time(hold, "since");
            case "IN_USE" -> ", because somebody works at the machine since " + Answers.time(hold, "since");
            default -> ", held by its agent: " + Names.printable(Answers.text(hold, "kind"));
        };
    }

    /** Why it failed, and its first warnings. */
    static List<String> troubles(JsonObject job) {
        List<String> lines = new ArrayList<>();
        if (!Answers.text(job, "message").isEmpty()) {
            lines.add("cranny: " + Names.printable(Answers.text(job, "message")));
        }
        if (job.get("examples") instanceof JsonArray examples) {
            for (JsonObject warning : examples.getValuesAs(JsonObject.class)) {
                String path = Answers.text(warning, "path");
                lines.add("cranny: warning: "
                        + Names.printable((path.isEmpty() ? "" : path + ": ") + Answers.text(warning, "message")));
            }
        }
        return lines;
    }

    /** Everything about a job, a line each. */
    static List<String> lines(JsonObject job) {
        List<String> lines = new ArrayList<>(List.of(sentence(job)));
        add(lines, "Asked for", Answers.time(job, "created") + " by " + Answers.text(job, "actor"));
        add(lines, "Because", Answers.text(job, "reason"));
        add(lines, "Started", Answers.time(job, "started"));
        add(lines, "Ended", Answers.time(job, "ended"));
        add(lines, "To be stopped, says", Answers.text(job, "cancelledBy"));
        add(lines, "Attempts", Answers.text(job, "attempts"));
        add(lines, "Paths", Answers.text(job, "paths"));
        add(lines, "Order", members(job, "order"));
        add(lines, "Progress", members(job, "progress"));
        add(lines, "Summary", members(job, "summary"));
        add(lines, "Exit code", Answers.text(job, "exitCode"));
        lines.addAll(troubles(job));
        return lines;
    }

    private static String members(JsonObject job, String name) {
        return job.get(name) instanceof JsonObject object
                ? object.keySet().stream()
                        .map(member -> member + " " + Answers.text(object, member))
                        .collect(Collectors.joining(", "))
                : "";
    }

    private static void add(List<String> lines, String name, String value) {
        if (!value.isEmpty()) {
            lines.add("  " + name + ": " + Names.printable(value));
        }
    }
}
