package org.cranny.engine.posix;

/**
 * What the file system knows about one inode, read in one call.
 *
 * @param type what it is
 * @param mode permission bits, setuid, setgid and sticky: 07777 at most
 * @param uid owner, unsigned 32 bit
 * @param gid group, unsigned 32 bit
 * @param size octets; of a symbolic link the length of its target
 * @param mtimeSeconds seconds since 1970, negative before
 * @param mtimeNanos 0 to 999,999,999, added to the seconds
 * @param device file system number: major in the upper, minor in the lower 32 bits
 * @param rdevMajor device number of a device node
 * @param rdevMinor device number of a device node
 * @param blocks allocated space in units of 512 octets
 */
public record Stat(
        FileType type,
        int mode,
        long uid,
        long gid,
        long size,
        long mtimeSeconds,
        int mtimeNanos,
        long ctimeSeconds,
        int ctimeNanos,
        long inode,
        long device,
        long nlink,
        long rdevMajor,
        long rdevMinor,
        long blocks) {

    public boolean isFile() {
        return type == FileType.FILE;
    }

    public boolean isDirectory() {
        return type == FileType.DIRECTORY;
    }

    public boolean isSymlink() {
        return type == FileType.SYMLINK;
    }

    /** Whether fewer octets are allocated than the size says; only then is a map of holes worth reading. */
    public boolean looksSparse() {
        return isFile() && blocks * 512 < size;
    }

    /** Whether both describe the same inode of the same file system. */
    public boolean sameInode(Stat other) {
        return inode == other.inode && device == other.device;
    }
}
