package org.cranny.central.installation;

import java.io.IOException;
import java.time.Duration;
import org.cranny.engine.ssh.SshMachine;

/** A machine that runs our scripts. */
interface Remote extends AutoCloseable {
    /**
     * Runs a script to its end.
     *
     * @param arguments of the script; they are for everybody over there to see
     * @param in what it reads
     * @return what it said
     */
    String run(Script script, Iterable<String> arguments, SshMachine.Feed in, Duration most) throws IOException;

    @Override
    void close() throws IOException;

    /** Reaches machines. */
    @FunctionalInterface
    interface Reach {
        Remote connect(Wanted wanted, Target target) throws IOException;
    }
}
