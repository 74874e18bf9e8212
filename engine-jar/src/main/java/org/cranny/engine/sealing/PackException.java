package org.cranny.engine.sealing;

import java.io.IOException;

/** A pack does not give back what was put into it. Reading the same octets again changes nothing; another copy may. */
public abstract sealed class PackException extends IOException
        permits SealBrokenException, ForeignPackException, MalformedPackException {
    private static final long serialVersionUID = 1L;

    PackException(String message) {
        super(message);
    }

    PackException(String message, Throwable cause) {
        super(message, cause);
    }
}
