package org.cranny.engine.walk;

import java.util.List;
import java.util.Optional;
import org.cranny.engine.posix.Stat;

/**
 * One directory as it was found.
 *
 * @param path relative to the root of the walk; empty for the root
 * @param directory the directory itself; empty when it could not be opened
 * @param found its entries, rising by name as unsigned octets, without {@code .} and {@code ..}
 * @param unreadable entries that could not be looked at, and the directory itself when it could not be listed
 */
@SuppressWarnings("ArrayRecordComponent")
public record Listing(byte[] path, Optional<Stat> directory, List<Found> found, List<Unreadable> unreadable) {
    /** Whether the names are known at all; when not, {@code found} is empty and means nothing. */
    public boolean isComplete() {
        return directory.isPresent();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Listing that
                && java.util.Arrays.equals(path, that.path)
                && directory.equals(that.directory)
                && found.equals(that.found)
                && unreadable.equals(that.unreadable);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(path);
    }
}
