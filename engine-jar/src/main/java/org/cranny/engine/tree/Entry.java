package org.cranny.engine.tree;

import java.util.Arrays;
import org.cranny.engine.posix.FileType;
import org.cranny.engine.posix.PathBytes;

/**
 * One name in a directory of a snapshot. Ordered by name as unsigned octets.
 *
 * @param name raw octets as {@link Names} allows them; shared, treat as read-only
 * @param linkGroup equal for all names of one file with several hard links, 0 for none: a keyed hash of device and
 *     inode. Never on directories.
 */
@SuppressWarnings("ArrayRecordComponent")
public record Entry(byte[] name, Attributes attributes, Thing thing, long linkGroup) implements Comparable<Entry> {
    public Entry {
        TreeLimits.require(Names.isAllowed(name), "a name that may not be");
        TreeLimits.require(linkGroup == 0 || thing.type() != FileType.DIRECTORY, "a directory has no hard links");
    }

    public FileType type() {
        return thing.type();
    }

    /** The name for people; octets that are not UTF-8 are escaped. */
    public String printableName() {
        return PathBytes.printable(name);
    }

    @Override
    public int compareTo(Entry other) {
        return Arrays.compareUnsigned(name, other.name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Entry that
                && Arrays.equals(name, that.name)
                && attributes.equals(that.attributes)
                && thing.equals(that.thing)
                && linkGroup == that.linkGroup;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(name) + attributes.hashCode();
    }
}
