package org.cranny.central.recovery;

/** How a lost machine comes back. */
public enum Way {
    /** Central finds, fetches and opens, and streams an archive to the person who asked. */
    ARCHIVE,
    /** Another machine takes the place with a one-time token and restores itself. */
    HAND_OVER,
    /** The agent of another machine is told to take the place, and restores what was chosen. */
    AGENT
}
