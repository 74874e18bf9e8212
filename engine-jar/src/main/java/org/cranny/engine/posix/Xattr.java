package org.cranny.engine.posix;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One extended attribute: its full name with the name space ({@code user.}, {@code system.}, {@code security.},
 * {@code trusted.}) and its value, both raw octets. POSIX ACLs are the attributes
 * {@code system.posix_acl_access} and {@code system.posix_acl_default}. Ordered by name as unsigned octets.
 * The arrays are shared, not copied: treat them as read-only.
 */
@SuppressWarnings("ArrayRecordComponent")
public record Xattr(byte[] name, byte[] value) implements Comparable<Xattr> {

    public static Xattr of(String name, byte[] value) {
        return new Xattr(name.getBytes(StandardCharsets.UTF_8), value);
    }

    /** Whether the name begins with this ASCII text. */
    public boolean isIn(String nameSpace) {
        byte[] prefix = nameSpace.getBytes(StandardCharsets.UTF_8);
        return name.length >= prefix.length && Arrays.equals(prefix, 0, prefix.length, name, 0, prefix.length);
    }

    @Override
    public int compareTo(Xattr other) {
        return Arrays.compareUnsigned(name, other.name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Xattr that && Arrays.equals(name, that.name) && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(name) + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return PathBytes.printable(name) + " (" + value.length + " octets)";
    }
}
