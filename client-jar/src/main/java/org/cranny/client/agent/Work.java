package org.cranny.client.agent;

import java.io.IOException;

/** One piece of work for the agent's only worker. */
public interface Work {
    /** For the log. */
    String name();

    /**
     * Does it, or as much of it as there is time for.
     *
     * @throws InterruptedException when the agent is being stopped; what is stored stays, and the work can be taken up
     *     again
     */
    void run() throws IOException, InterruptedException;
}
