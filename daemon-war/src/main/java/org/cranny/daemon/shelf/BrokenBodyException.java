package org.cranny.daemon.shelf;

import java.io.IOException;

/** The sender went away, or sent another number of octets than it said. */
public final class BrokenBodyException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenBodyException(String message, Throwable cause) {
        super(message, cause);
    }
}
