package org.cranny.engine.walk;

import java.util.Arrays;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.posix.Stat;

/** A name in a directory and what stood under it when we looked. The array is shared: treat it as read-only. */
@SuppressWarnings("ArrayRecordComponent")
public record Found(byte[] name, Stat stat) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Found that && Arrays.equals(name, that.name) && stat.equals(that.stat);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(name);
    }

    @Override
    public String toString() {
        return PathBytes.printable(name);
    }
}
