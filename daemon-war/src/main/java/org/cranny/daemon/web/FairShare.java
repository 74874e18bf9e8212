package org.cranny.daemon.web;

import java.util.HashMap;
import java.util.Map;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.problem.ProblemKind;

/** Lets one machine have half of the threads that answer, so that it keeps nobody else waiting. */
final class FairShare {
    /** Half of max-thread-pool-size in domain.xml, and as many as a source's --jobs may be. */
    static final int MOST = 32;

    private final Map<SystemId, Integer> underWay = new HashMap<>();

    /** A request that is being answered. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /** @param caller null for all who are no system @throws ProblemException TOO_OFTEN */
    synchronized Turn begin(SystemId caller) {
        if (underWay.getOrDefault(caller, 0) >= MOST) {
            throw new ProblemException(
                    ProblemKind.TOO_OFTEN, "at most " + MOST + " requests of one machine are answered at once");
        }
        underWay.merge(caller, 1, Integer::sum);
        return () -> end(caller);
    }

    private synchronized void end(SystemId caller) {
        underWay.computeIfPresent(caller, (system, count) -> count == 1 ? null : count - 1);
    }
}
