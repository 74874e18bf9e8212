package org.cranny.central.reliability;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts awaited reports that did not come, one for each interval of silence. Thread-safe. */
final class Silences {
    private final Map<Long, Long> heard = new ConcurrentHashMap<>();
    private final Map<Long, Long> missed = new ConcurrentHashMap<>();

    void heard(long host, long now) {
        heard.put(host, now);
        missed.remove(host);
    }

    /**
     * Whether one more report is missing now.
     *
     * @param since when the host was heard as far as the database knows, or when central began to listen
     * @param patience seconds after which a host counts as silent
     */
    boolean missed(long host, long since, long patience, long interval, long now) {
        long last = Math.max(since, heard.getOrDefault(host, 0L));
        if (now - last <= patience || now - missed.getOrDefault(host, 0L) < interval) {
            return false;
        }
        missed.put(host, now);
        return true;
    }
}
