package org.cranny.central.installation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Notices machines that listen to central for the first time, while somebody waits for them. Thread-safe. */
@ApplicationScoped
public class Arrivals {
    private final Map<Long, Boolean> arrived = new ConcurrentHashMap<>();

    /** A machine began to listen. */
    public void listens(long system) {
        arrived.replace(system, true);
    }

    void await(long system) {
        arrived.putIfAbsent(system, false);
    }

    boolean isHere(long system) {
        return arrived.getOrDefault(system, false);
    }

    void forget(long system) {
        arrived.remove(system);
    }
}
