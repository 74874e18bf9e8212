package org.cranny.engine.tree;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.cranny.engine.posix.Xattr;

/**
 * What any entry has, whatever its type.
 *
 * @param mode permissions, setuid, setgid, sticky: 07777 at most; of a symbolic link it means nothing and is kept
 * @param uid owner, unsigned 32 bit
 * @param gid group, unsigned 32 bit
 * @param user the owner's name, empty when unknown
 * @param group the group's name, empty when unknown
 * @param mtimeSeconds seconds since 1970, negative before
 * @param mtimeNanos 0 to 999,999,999
 * @param xattrs sorted by name, no name twice; POSIX ACLs are among them
 */
public record Attributes(
        int mode,
        long uid,
        long gid,
        String user,
        String group,
        long mtimeSeconds,
        int mtimeNanos,
        List<Xattr> xattrs) {

    /** Of a folder that belongs to somebody else: nothing is told. The owner is the number that nobody can have. */
    public static final Attributes HIDDEN = new Attributes(0, 0xffff_ffffL, 0xffff_ffffL, "", "", 0, 0, List.of());

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    public Attributes {
        xattrs = List.copyOf(xattrs);
        TreeLimits.require((mode & ~07777) == 0, "mode out of range");
        TreeLimits.require(uid >>> 32 == 0 && gid >>> 32 == 0, "owner out of range");
        TreeLimits.require(mtimeNanos >= 0 && mtimeNanos < 1_000_000_000, "nanoseconds out of range");
        TreeLimits.require(isShort(user) && isShort(group), "user or group name too long");
        TreeLimits.require(xattrs.size() <= TreeLimits.XATTRS, "too many extended attributes");
        for (int i = 1; i < xattrs.size(); i++) {
            TreeLimits.require(xattrs.get(i - 1).compareTo(xattrs.get(i)) < 0, "extended attributes not in order");
        }
        for (Xattr xattr : xattrs) {
            boolean named = xattr.name().length > 0 && xattr.name().length <= TreeLimits.NAME_SIZE;
            boolean fits = xattr.value().length <= TreeLimits.XATTR_VALUE_SIZE;
            TreeLimits.require(named && fits && Names.hasNoNul(xattr.name()), "extended attribute out of range");
        }
    }

    /** When it was modified; a time outside of the years 1 to 9999 as the nearest one inside. */
    public Instant modified() {
        if (mtimeSeconds < FIRST.getEpochSecond()) {
            return FIRST;
        }
        return mtimeSeconds > LAST.getEpochSecond() ? LAST : Instant.ofEpochSecond(mtimeSeconds, mtimeNanos);
    }

    private static boolean isShort(String name) {
        return name.length() * 3 <= TreeLimits.NAME_SIZE
                || name.getBytes(StandardCharsets.UTF_8).length <= TreeLimits.NAME_SIZE;
    }
}
