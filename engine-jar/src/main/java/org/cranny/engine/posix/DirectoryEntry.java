package org.cranny.engine.posix;

import java.util.Arrays;

/**
 * A name in a directory as the kernel lists it, and its type where the file system tells ({@code null} otherwise).
 * Ordered by name as unsigned octets. The array is shared: treat it as read-only.
 */
@SuppressWarnings("ArrayRecordComponent")
public record DirectoryEntry(byte[] name, FileType type) implements Comparable<DirectoryEntry> {
    @Override
    public int compareTo(DirectoryEntry other) {
        return Arrays.compareUnsigned(name, other.name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DirectoryEntry that && Arrays.equals(name, that.name) && type == that.type;
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
