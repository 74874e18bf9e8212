package org.cranny.engine.check;

import java.io.IOException;

/** Whoever moves copies and gives snapshots up while a check runs. */
@FunctionalInterface
public interface News {
    /** Nobody does. */
    News NONE = () -> {};

    /** Hears what was moved and given up until now: afterwards the records of the source know. */
    void hear() throws IOException;
}
