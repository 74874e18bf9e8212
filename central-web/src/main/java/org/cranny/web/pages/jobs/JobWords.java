package org.cranny.web.pages.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.cranny.central.job.Job;
import org.cranny.protocol.job.AgentHold;
import org.cranny.protocol.job.JobState;
import org.cranny.web.pages.words.Amounts;
import org.cranny.web.pages.words.Moments;
import org.cranny.web.pages.words.Texts;

/** What is said of a job. */
final class JobWords {
    private JobWords() {}

    static String tone(Job job) {
        if (job.state() == JobState.FAILED) {
            return "bad";
        }
        boolean incomplete = job.exitCode() != null && job.exitCode() != 0;
        return job.state() == JobState.CANCELLED || incomplete ? "warn" : "good";
    }

    static String state(Job job) {
        boolean incomplete = job.state() == JobState.DONE && job.exitCode() != null && job.exitCode() != 0;
        boolean stopping = job.state() == JobState.RUNNING && job.cancelledBy() != null;
        return Texts.say(
                job.hold() != null
                        ? "job.state.HELD"
                        : incomplete
                                ? "job.state.INCOMPLETE"
                                : stopping ? "job.state.STOPPING" : "job.state." + job.state());
    }

    /** Why an agent takes no work; for a kind that is not known, what the agent called it. */
    static String hold(AgentHold hold, Moments moments) {
        String key = "job.hold." + hold.kind();
        Instant when = hold.until() == null ? hold.since() : hold.until();
        return Texts.has(key) ? Texts.say(key, moments.exact(when)) : hold.kind();
    }

    static String by(Job job) {
        return job.actor().equals("central") && job.due() != null ? Texts.say("job.by.schedule") : job.actor();
    }

    /** How long it took, or takes; empty before it began. */
    static String took(Job job, Moments moments) {
        if (job.started() == null) {
            return "";
        }
        return job.ended() == null
                ? moments.age(job.started())
                : Moments.left(Duration.between(job.started(), job.ended()).toSeconds());
    }

    static String moved(Job job) {
        Map<String, Object> summary = job.summary();
        if (summary != null && summary.get("bytes") instanceof Number bytes) {
            return Amounts.bytes(bytes.longValue());
        }
        return job.progress() == null ? "" : Amounts.bytes(job.progress().bytes());
    }
}
