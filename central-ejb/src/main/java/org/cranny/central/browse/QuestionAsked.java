package org.cranny.central.browse;

/** News for a source's agent: central has a question for it. Whoever can reach the agent at once says so. */
public final class QuestionAsked {
    private final long system;
    private final long number;
    private boolean reached;

    public QuestionAsked(long system, long number) {
        this.system = system;
        this.number = number;
    }

    public long system() {
        return system;
    }

    public long number() {
        return number;
    }

    /** The agent listens. */
    public synchronized void reach() {
        reached = true;
    }

    public synchronized boolean isReached() {
        return reached;
    }
}
