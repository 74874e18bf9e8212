package org.cranny.client.agent;

import java.io.IOException;
import java.util.Optional;

/**
 * Offers work to the agent: the jobs of central, and whatever else is added. Asked by the worker's thread when it has
 * nothing to do: after each piece of work, when something was heard, and every while.
 */
public interface WorkSource {
    /** The next piece of work that should be done now; empty when there is none. Failure to find out is none too. */
    Optional<Work> next() throws IOException, InterruptedException;
}
