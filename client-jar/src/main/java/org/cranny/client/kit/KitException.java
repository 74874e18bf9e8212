package org.cranny.client.kit;

import java.io.IOException;

/** A recovery kit cannot be made or used; the message says why and what to do. */
public class KitException extends IOException {
    private static final long serialVersionUID = 1L;

    KitException(String message) {
        super(message);
    }

    KitException(String message, Throwable cause) {
        super(message, cause);
    }
}
