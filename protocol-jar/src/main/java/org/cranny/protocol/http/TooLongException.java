package org.cranny.protocol.http;

import java.io.IOException;

/** An answer is longer than any right one; nothing of it may be used. */
public final class TooLongException extends IOException {
    private static final int DEEPEST = 20;

    private static final long serialVersionUID = 1;

    /** @param most octets that were allowed */
    public TooLongException(long most) {
        super("the answer goes on after " + most + " octets");
    }

    /** Whether this is why something failed; an HTTP client throws exceptions of its own. */
    public static boolean isCauseOf(Throwable failure) {
        Throwable at = failure;
        for (int i = 0; i < DEEPEST && at != null; i++) {
            if (at instanceof TooLongException) {
                return true;
            }
            at = at.getCause();
        }
        return false;
    }
}
