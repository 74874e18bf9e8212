package org.cranny.client.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.cranny.client.report.Counts;
import org.cranny.client.report.ProgressListener;
import org.cranny.protocol.job.JobProgress;
import org.cranny.protocol.job.JobResult;
import org.cranny.protocol.job.JobWarning;

/** How far a job has come and what went wrong on the way; of many warnings the first ones. Thread-safe. */
final class Tally implements ProgressListener {
    private static final int LONGEST = 4_000;

    private final Log log;
    private final List<JobWarning> examples = new ArrayList<>();
    private Counts counts = new Counts(0, 0, 0, 0, 0, 0);
    private long bytesPerSecond;
    private OptionalLong secondsLeft = OptionalLong.empty();

    Tally(Log log) {
        this.log = log;
    }

    @Override
    public synchronized void progress(Counts now, long rate, OptionalLong left) {
        counts = now;
        bytesPerSecond = rate;
        secondsLeft = left;
    }

    @Override
    public synchronized void warning(String path, String reason) {
        if (examples.size() < JobResult.MOST_EXAMPLES) {
            examples.add(new JobWarning(path == null ? null : cut(path), cut(String.valueOf(reason))));
        }
    }

    @Override
    public void notice(String line) {
        log.line("notice", "message", line);
    }

    /** What was counted in the end. */
    synchronized void last(Counts counted) {
        progress(counted, 0, OptionalLong.empty());
    }

    synchronized JobProgress report(long claim) {
        return new JobProgress(
                claim,
                counts.files(),
                counts.filesTotal(),
                counts.bytes(),
                counts.bytesTotal(),
                counts.stored(),
                counts.warnings(),
                bytesPerSecond,
                secondsLeft.isPresent() ? secondsLeft.getAsLong() : null);
    }

    synchronized List<JobWarning> examples() {
        return List.copyOf(examples);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
