package org.cranny.client.report;

import java.util.OptionalLong;

/** Hears of work about once a second instead of showing it. Called by one thread at a time. */
public interface ProgressListener {
    /** @param secondsLeft empty while unknown */
    void progress(Counts counts, long bytesPerSecond, OptionalLong secondsLeft);

    /** @param path of the file it is about, as text, or null */
    void warning(String path, String reason);

    void notice(String line);
}
