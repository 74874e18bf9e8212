package org.cranny.engine.backup;

import java.io.IOException;

/** Central cannot be reached, or can write nothing down; what was to be said to it has to wait. */
public class CatalogueAwayException extends IOException {
    private static final long serialVersionUID = 1L;

    public CatalogueAwayException(String message, Throwable cause) {
        super(message, cause);
    }
}
