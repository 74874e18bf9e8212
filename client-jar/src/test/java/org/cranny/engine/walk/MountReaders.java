package org.cranny.engine.walk;

import java.util.List;
import org.cranny.protocol.readers.Reader;
import org.cranny.protocol.readers.Scratch;
import org.cranny.protocol.readers.Texts;

/** The table of mounts, in which the names are whoever's may mount. */
public final class MountReaders {
    private MountReaders() {}

    public static List<Reader> all() {
        String seed = "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
                + "23 22 0:21 / /proc\\040x rw - proc proc rw\n24 22 8:1 /home /mnt/h rw - ext4 /dev/sda1 rw\n";
        return List.of(new Reader("mounts", List.of(), Texts.seeds(seed), octets -> {
            Scratch folder = Scratch.folder("mounts");
            folder.write("proc/self/mountinfo", octets);
            Mounts.at(folder.path()).foreign();
        }));
    }
}
