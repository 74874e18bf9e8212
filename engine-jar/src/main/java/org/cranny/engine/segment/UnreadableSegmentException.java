package org.cranny.engine.segment;

import java.io.IOException;

/** A segment that was just sealed did not give back what went in: bad memory or a fault in here. Drop its pack. */
public final class UnreadableSegmentException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableSegmentException(int number, Throwable cause) {
        super(
                "segment " + number + " could not be read back after sealing; this machine's memory may be faulty",
                cause);
    }
}
