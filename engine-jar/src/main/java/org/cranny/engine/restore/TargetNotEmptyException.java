package org.cranny.engine.restore;

import java.io.IOException;

/** The target holds files that this restore did not make. */
public class TargetNotEmptyException extends IOException {
    private static final long serialVersionUID = 1L;

    public TargetNotEmptyException(String message) {
        super(message);
    }
}
