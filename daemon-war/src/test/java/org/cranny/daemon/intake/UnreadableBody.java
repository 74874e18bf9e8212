package org.cranny.daemon.intake;

import java.io.InputStream;

/** A body that nobody may touch. */
final class UnreadableBody extends InputStream {
    @Override
    public int read() {
        throw new AssertionError("the body was read");
    }
}
