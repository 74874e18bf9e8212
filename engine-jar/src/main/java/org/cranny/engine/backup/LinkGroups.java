package org.cranny.engine.backup;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import org.cranny.engine.keys.KeyRing;
import org.cranny.engine.keys.Secret;
import org.cranny.engine.posix.Stat;
import org.cranny.engine.tree.Thing;

/**
 * Files with several names: each is read once, and all its names carry the same group, a keyed hash of device and
 * inode. A file is forgotten when its last name was seen. One thread.
 */
final class LinkGroups {
    private final Mac mac;
    private final Map<Long, Seen> seen = new HashMap<>();

    LinkGroups(KeyRing keys) {
        Secret key = keys.linkKey();
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            key.destroy();
        }
    }

    private static final class Seen {
        private int names;
        private int recalled;
        private Thing.File file;
    }

    /** The group of a file with several names, 0 for any other. */
    long group(Stat stat) {
        if (stat.nlink() < 2 || stat.isDirectory()) {
            return 0;
        }
        byte[] input = ByteBuffer.allocate(16)
                .putLong(stat.device())
                .putLong(stat.inode())
                .array();
        long group = ByteBuffer.wrap(mac.doFinal(input)).getLong();
        return group == 0 ? 1 : group;
    }

    /** Notes another name of a file that is to be read; whether an earlier name is read already. */
    boolean isSecond(Stat stat) {
        if (stat.nlink() < 2) {
            return false;
        }
        Seen file = seen.computeIfAbsent(group(stat), group -> new Seen());
        file.names++;
        return file.names > 1;
    }

    void remember(Stat stat, Thing.File file) {
        Seen first = stat.nlink() < 2 ? null : seen.get(group(stat));
        if (first != null) {
            first.file = file;
        }
    }

    /** The content that an earlier name brought, or null when it could not be read. */
    Thing.File recall(Stat stat) {
        long group = group(stat);
        Seen first = seen.get(group);
        if (first == null) {
            return null;
        }
        first.recalled++;
        if (first.recalled + 1 >= stat.nlink()) {
            seen.remove(group);
        }
        return first.file;
    }
}
