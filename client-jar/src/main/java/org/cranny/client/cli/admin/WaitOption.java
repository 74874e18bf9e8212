package org.cranny.client.cli.admin;

import jakarta.json.JsonObject;
import java.io.IOException;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.client.report.Progress;
import org.cranny.engine.backup.CatalogueAwayException;
import org.cranny.protocol.job.JobState;
import picocli.CommandLine.Option;

/** Whether to wait for a job's end. Waiting shows its progress and ends with the job's own exit code. */
final class WaitOption {
    private static final long LOOK_MILLIS = 1_000;
    private static final int FAILED = 1;
    private static final int CANCELLED = 130;

    @Option(names = "--wait", description = "Show its progress, and end with its exit code.")
    private boolean wait;

    boolean wanted() {
        return wait;
    }

    /** Says that the job was ordered, and waits for its end if that is wanted. @return the exit code */
    int conclude(AdminCommand admin, PeoplesCentral central, JsonObject ordered)
            throws IOException, InterruptedException {
        long id = ordered.getJsonNumber("id").longValueExact();
        if (!wait) {
            Answers.print(
                    admin.common(),
                    "job",
                    ordered,
                    "Job " + id + " waits for its system's agent. See 'cranny admin job " + id + "'.");
            return 0;
        }
        JsonObject job = ended(admin, central, id);
        Answers.print(admin.common(), "job", job, JobText.sentence(job));
        JobText.troubles(job).forEach(admin.common().screen()::errorLine);
        return exitCode(job);
    }

    private static JsonObject ended(AdminCommand admin, PeoplesCentral central, long id)
            throws IOException, InterruptedException {
        try (Progress progress = admin.common().progress("Job " + id)) {
            long files = 0;
            long bytes = 0;
            long stored = 0;
            while (true) {
                JsonObject job = look(central, id);
                if (job != null && job.get("progress") instanceof JsonObject now) {
                    progress.total(number(now, "filesTotal"), number(now, "bytesTotal"));
                    progress.done(number(now, "files") - files, number(now, "bytes") - bytes);
                    progress.stored(number(now, "storedBytes") - stored);
                    files = number(now, "files");
                    bytes = number(now, "bytes");
                    stored = number(now, "storedBytes");
                }
                if (job != null && JobState.valueOf(job.getString("state")).ended()) {
                    return job;
                }
                Thread.sleep(LOOK_MILLIS);
            }
        }
    }

    /** Null while central is away: it comes back, and the job goes on meanwhile. */
    private static JsonObject look(PeoplesCentral central, long id) throws IOException {
        try {
            return central.get("jobs/" + id).asJsonObject();
        } catch (CatalogueAwayException away) {
            return null;
        }
    }

    private static int exitCode(JsonObject job) {
        if (job.containsKey("exitCode") && !job.isNull("exitCode")) {
            return job.getInt("exitCode");
        }
        return switch (JobState.valueOf(job.getString("state"))) {
            case DONE -> 0;
            case CANCELLED -> CANCELLED;
            default -> FAILED;
        };
    }

    private static long number(JsonObject object, String name) {
        return object.containsKey(name) ? object.getJsonNumber(name).longValue() : 0;
    }
}
