package org.cranny.engine.walk;

import org.cranny.engine.posix.PathBytes;

/**
 * Something that could not be looked at, as a fact and not as a failure of the walk.
 *
 * @param path relative to the root of the walk, raw octets
 * @param reason one line for people
 * @param vanished it was there a moment ago and is gone, which happens in a living tree
 */
@SuppressWarnings("ArrayRecordComponent")
public record Unreadable(byte[] path, String reason, boolean vanished) {
    @Override
    public String toString() {
        return PathBytes.printable(path) + ": " + reason;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Unreadable that
                && java.util.Arrays.equals(path, that.path)
                && reason.equals(that.reason)
                && vanished == that.vanished;
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(path);
    }
}
