package org.cranny.engine.browse;

import java.io.IOException;

/** A snapshot does not have what was named. */
public class NoSuchEntryException extends IOException {
    private static final long serialVersionUID = 1L;

    public NoSuchEntryException(String message) {
        super(message);
    }
}
