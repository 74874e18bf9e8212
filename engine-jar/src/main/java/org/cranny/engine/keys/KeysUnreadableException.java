package org.cranny.engine.keys;

import java.io.IOException;

/** Keys that were kept or handed over cannot be used: damaged, of another source, or sealed to another key. */
public final class KeysUnreadableException extends IOException {
    private static final long serialVersionUID = 1L;

    KeysUnreadableException(String message) {
        super(message);
    }

    KeysUnreadableException(String message, Throwable cause) {
        super(message, cause);
    }
}
