package org.cranny.client.agent;

/** How the command line would have told a failure. @param exitCode it would have ended with @param line for people: what is wrong and what to do */
public record Ending(int exitCode, String line) {

    /** What judges failures. */
    public interface Judge {
        Ending of(Throwable thrown);
    }
}
