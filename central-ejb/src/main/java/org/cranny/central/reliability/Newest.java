package org.cranny.central.reliability;

import java.util.LinkedHashMap;
import java.util.Map;

/** Up to which second looks of systems were counted that have no row as a host; of the {@value #MOST} that told last. */
final class Newest {
    private static final int MOST = 20_000;

    private final Map<Long, Long> seconds = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > MOST;
        }
    };

    /** @return the second up to which they had been counted */
    synchronized long counted(long observer, long untilSecond) {
        long before = seconds.getOrDefault(observer, 0L);
        seconds.put(observer, Math.max(before, untilSecond));
        return before;
    }
}
