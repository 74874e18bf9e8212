package org.cranny.web.pages.live;

import java.util.Optional;
import org.cranny.central.job.Job;
import org.cranny.protocol.job.JobProgress;
import org.cranny.web.pages.words.Amounts;
import org.cranny.web.pages.words.Moments;
import org.cranny.web.pages.words.Texts;

/**
 * A job that runs, as people see it.
 *
 * @param system number of its machine
 * @param name of its machine
 * @param what it does, and of how much
 * @param pace how fast, and how long it will take; empty while unknown
 * @param percent 0..100; 0 while the whole is not known
 */
public record RunningJob(long id, long system, String name, String what, String pace, int percent) {

    public static RunningJob of(Job job, String machine) {
        Optional<JobProgress> progress = Optional.ofNullable(job.progress());
        String kind = Texts.say("job.kind." + job.kind());
        return new RunningJob(
                job.id(),
                job.system(),
                machine,
                progress.map(now -> kind + " · " + amount(now)).orElse(kind),
                progress.map(RunningJob::pace).orElse(""),
                progress.map(RunningJob::percent).orElse(0));
    }

    private static String amount(JobProgress now) {
        return now.bytesTotal() > 0
                ? Texts.say("job.of", Amounts.bytes(now.bytes()), Amounts.bytes(now.bytesTotal()))
                : Amounts.bytes(now.bytes());
    }

    private static String pace(JobProgress now) {
        String rate = now.bytesPerSecond() > 0 ? Amounts.bytes(now.bytesPerSecond()) + "/s" : "";
        String left = now.secondsLeft() == null ? "" : Moments.left(now.secondsLeft());
        return rate.isEmpty() || left.isEmpty() ? rate + left : rate + " · " + left;
    }

    private static int percent(JobProgress now) {
        return now.bytesTotal() > 0
                ? Amounts.percent(now.bytes(), now.bytesTotal())
                : Amounts.percent(now.files(), now.filesTotal());
    }
}
