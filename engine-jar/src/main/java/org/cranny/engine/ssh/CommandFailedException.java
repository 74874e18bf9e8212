package org.cranny.engine.ssh;

import java.io.IOException;

/** A command over there ended, and not well. */
public final class CommandFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String complaint;

    CommandFailedException(String complaint, String message, Throwable cause) {
        super(message, cause);
        this.complaint = complaint;
    }

    /** What it said on standard error, without blanks around it. */
    public String complaint() {
        return complaint;
    }
}
