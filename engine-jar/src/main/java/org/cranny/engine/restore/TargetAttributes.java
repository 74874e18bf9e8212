package org.cranny.engine.restore;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.cranny.engine.posix.FileType;
import org.cranny.engine.posix.Posix;
import org.cranny.engine.posix.PosixException;
import org.cranny.engine.posix.Stat;
import org.cranny.engine.posix.Xattr;
import org.cranny.engine.tree.Attributes;

/**
 * Gives an inode the attributes it had, through a descriptor.
 *
 * <p>The order matters: a change of owner takes setuid and capabilities away, and an ACL changes the mode, so owner,
 * extended attributes, mode, times. What is refused is a warning; only a broken disk is a failure.
 */
final class TargetAttributes {
    private static final int SET_ID = 06000;

    /** As a new owner it means to the kernel: leave the old one. */
    private static final long NOBODY = 0xffff_ffffL;

    private final Posix posix;
    private final TargetRules rules;
    private final TargetWarnings warnings;

    TargetAttributes(Posix posix, TargetRules rules, TargetWarnings warnings) {
        this.posix = posix;
        this.rules = rules;
        this.warnings = warnings;
    }

    void apply(int fd, FileType type, Attributes attributes, Object path) throws PosixException {
        boolean owned = !rules.safe() && own(fd, attributes, path);
        setXattrs(fd, attributes.xattrs(), path);
        if (type != FileType.SYMLINK) {
            int mode = mode(attributes.mode(), owned, path);
            tolerated(path, "mode", () -> posix.chmod(fd, mode));
        }
        tolerated(
                path,
                "modification time",
                () -> posix.setModified(fd, attributes.mtimeSeconds(), attributes.mtimeNanos()));
    }

    private int mode(int mode, boolean owned, Object path) {
        if (owned || (mode & SET_ID) == 0) {
            return mode;
        }
        warnings.add(path.toString(), "restored without setuid and setgid");
        return mode & ~SET_ID;
    }

    /** Whether owner and group are now as they should be. */
    private boolean own(int fd, Attributes attributes, Object path) throws PosixException {
        long uid = local(attributes.uid(), attributes.user(), posix.accounts()::uid);
        long gid = local(attributes.gid(), attributes.group(), posix.accounts()::gid);
        if (uid == NOBODY || gid == NOBODY) {
            warnings.add(path.toString(), "owner " + uid + ":" + gid + " not restored: nobody can have that number");
            return false;
        }
        Stat now = posix.stat(fd);
        if (now.uid() == uid && now.gid() == gid) {
            return true;
        }
        return tolerated(path, "owner " + uid + ":" + gid, () -> posix.chown(fd, uid, gid));
    }

    private interface Lookup {
        OptionalLong number(String name);
    }

    private long local(long number, String name, Lookup lookup) {
        return rules.numericOwners() || name.isEmpty()
                ? number
                : lookup.number(name).orElse(number);
    }

    private void setXattrs(int fd, List<Xattr> wanted, Object path) throws PosixException {
        for (byte[] name : posix.xattrNames(fd)) {
            if (isInherited(name) && wanted.stream().noneMatch(xattr -> Arrays.equals(xattr.name(), name))) {
                posix.removeXattr(fd, name);
            }
        }
        for (Xattr xattr : wanted) {
            setXattr(fd, xattr, path);
        }
    }

    /** An ACL that came from the directory around, or what was there before; labels of the system stay. */
    private static boolean isInherited(byte[] name) {
        Xattr xattr = new Xattr(name, new byte[0]);
        return xattr.isIn("system.posix_acl_") || xattr.isIn("user.");
    }

    private void setXattr(int fd, Xattr xattr, Object path) throws PosixException {
        if (rules.safe() && (xattr.isIn("trusted.") || xattr.isIn("security."))) {
            warnings.add(path.toString(), "left out attribute " + xattr);
            return;
        }
        tolerated(path, "attribute " + xattr, () -> posix.setXattr(fd, xattr));
    }

    private interface Step {
        void run() throws PosixException;
    }

    /** Another file system, or another user, may not have what the old one had: said, and not a reason to stop. */
    private boolean tolerated(Object path, String what, Step step) throws PosixException {
        try {
            step.run();
            return true;
        } catch (PosixException refused) {
            if (refused.isBroken()) {
                throw refused;
            }
            warnings.add(path.toString(), what + " not restored: " + refused.reason());
            return false;
        }
    }
}
