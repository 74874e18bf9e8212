package org.cranny.engine.snapshot;

import java.io.IOException;

/** No snapshot, or more than one, answers to what was typed. */
public class UnknownSnapshotException extends IOException {
    private static final long serialVersionUID = 1L;

    public UnknownSnapshotException(String message) {
        super(message);
    }
}
