package org.cranny.quickstart;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.Locale;
import org.cranny.cluster.Caller;
import org.cranny.cluster.ClusterStatus;

/** The short table at the end. */
final class Report {

    private final Steps steps;
    private final ClusterStatus cluster;

    Report(Steps steps, ClusterStatus cluster) {
        this.steps = steps;
        this.cluster = cluster;
    }

    void print(JsonObject backup, boolean equal) {
        steps.print("");
        row("snapshot", backup.getString("snapshot"));
        row("files", String.format(Locale.ROOT, "%,d", number(backup, "files")));
        row("bytes", size(number(backup, "bytes")));
        row("stored", size(number(backup, "storedBytes")) + " new in this backup, one copy");
        row("copies", Long.toString(number(backup, "copies")));
        row(
                "seconds",
                String.format(
                        Locale.ROOT,
                        "backup %.1f, restore %.1f, compare %.1f",
                        steps.secondsOf("backup"),
                        steps.secondsOf("restore"),
                        steps.secondsOf("compare")));
        cluster.daemons().forEach(daemon -> row(daemon.name(), kept(daemon)));
        row("compared", equal ? "every byte and attribute is equal" : "NOT equal: see below");
        row("pages", cluster.central().url() + "/");
        row(
                "log in as",
                cluster.central().user() + " with the password "
                        + cluster.central().password());
        steps.print("");
        steps.print("All copies are on this one machine: fine for a look, no protection against its loss.");
    }

    private String kept(ClusterStatus.Daemon daemon) {
        try {
            JsonObject capacity = Caller.system(daemon.home())
                    .json(daemon.url() + "/cranny/v1/status")
                    .asJsonObject()
                    .getJsonObject("capacity");
            return String.format(
                    Locale.ROOT,
                    "keeps %,d fragments, %s",
                    number(capacity, "fragments"),
                    size(number(capacity, "keptBytes")));
        } catch (IOException away) {
            return "does not answer: " + away.getMessage();
        }
    }

    private void row(String name, String value) {
        steps.print(String.format("%-10s %s", name, value));
    }

    private static long number(JsonObject object, String name) {
        return object.getJsonNumber(name).longValue();
    }

    /** Bytes with three digits. */
    static String size(long bytes) {
        String[] units = {"bytes", "kB", "MB", "GB", "TB"};
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        int decimals = unit == 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f %s", value, units[unit]);
    }
}
