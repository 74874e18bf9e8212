package org.cranny.central.reliability;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cranny.protocol.heartbeat.Seen;

/** The newest {@value #MOST} looks at each host, for people; forgotten when central stops. Thread-safe. */
final class LastLooks {
    private static final int MOST = 16;

    private final Map<Long, Deque<Look>> looks = new ConcurrentHashMap<>();

    /** Who saw what. */
    record Look(long observer, Seen seen) {}

    void add(long observer, Seen seen) {
        Deque<Look> last = looks.computeIfAbsent(seen.system(), any -> new ArrayDeque<>());
        synchronized (last) {
            if (last.size() == MOST) {
                last.removeFirst();
            }
            last.addLast(new Look(observer, seen));
        }
    }

    /** Newest first. */
    List<Look> at(long host) {
        Deque<Look> last = looks.getOrDefault(host, new ArrayDeque<>());
        List<Look> copy;
        synchronized (last) {
            copy = new ArrayList<>(last);
        }
        Collections.reverse(copy);
        return copy;
    }
}
