package org.cranny.engine.transfer;

import java.io.IOException;

/** A host did not do what it was asked; says whether another try there makes sense. */
public class TransferException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why, and so what to do next. */
    public enum Reason {
        /** No connection, a connection that broke, a time-out: another host, perhaps this one later. */
        AWAY,
        /** No room: another host. */
        FULL,
        /** It refuses us: another host, and somebody should look at it. */
        REFUSED,
        /** It does not have what it should have. */
        MISSING,
        /** What it sent is not what its name says. */
        WRONG
    }

    private final Reason reason;
    private final long host;

    public TransferException(Reason reason, long host, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.host = host;
    }

    public Reason reason() {
        return reason;
    }

    /** Number of the host. */
    public long host() {
        return host;
    }
}
