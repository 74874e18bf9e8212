package org.cranny.client.realm;

import java.io.IOException;

/** The realm that is kept here was not changed; the message says why and what to do. */
public class RealmException extends IOException {
    private static final long serialVersionUID = 1L;

    RealmException(String message) {
        super(message);
    }

    RealmException(String message, Throwable cause) {
        super(message, cause);
    }
}
