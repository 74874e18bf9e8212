package org.cranny.engine.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountsTest {
    private static final String TABLE = """
            21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
            22 21 0:5 / /proc rw - proc proc rw
            23 21 0:6 / /sys rw - sysfs sysfs rw
            24 21 0:7 / /run rw - tmpfs tmpfs rw
            25 21 8:2 / /home rw - xfs /dev/sda2 rw
            26 21 0:40 / /mnt/nas rw - nfs4 nas:/x rw
            27 21 8:17 / /media/stick rw - vfat /dev/sdb1 rw
            28 21 8:1 /srv/www /var/www rw - ext4 /dev/sda1 rw
            29 21 7:0 / /snap/core ro - squashfs /dev/loop0 ro
            30 21 0:50 /@data /data rw - btrfs /dev/sdc rw
            31 21 0:50 /@more /more\\040room rw - btrfs /dev/sdc rw
            32 21 11:0 / /cd ro - iso9660 /dev/sr0 ro
            33 21 0:60 / /mnt/ssh rw - fuse.sshfs me@there: rw
            """;

    @TempDir
    Path root;

    @Test
    void entersOwnDisksOnceAndNothingElse() throws IOException {
        prepare(TABLE);
        assertEquals(
                Set.of(
                        "/proc",
                        "/sys",
                        "/run",
                        "/mnt/nas",
                        "/media/stick",
                        "/var/www",
                        "/snap/core",
                        "/cd",
                        "/mnt/ssh"),
                foreign());
    }

    @Test
    void rootIsEnteredWhateverItIs() throws IOException {
        prepare("21 1 0:30 / / rw - overlay overlay rw\n22 21 0:5 / /proc rw - proc proc rw\n");
        assertEquals(Set.of("/proc"), foreign());
    }

    @Test
    void thisMachinesOwnTableIsUnderstood() throws IOException {
        Set<String> foreign = Mounts.here().foreign().stream()
                .map(point -> new String(point, StandardCharsets.UTF_8))
                .collect(Collectors.toSet());
        assertFalse(foreign.contains("/"));
    }

    private Set<String> foreign() throws IOException {
        return Mounts.at(root).foreign().stream()
                .map(point -> new String(point, StandardCharsets.UTF_8))
                .collect(Collectors.toSet());
    }

    private void prepare(String table) throws IOException {
        Files.createDirectories(root.resolve("proc/self"));
        Files.writeString(root.resolve("proc/self/mountinfo"), table);
        Path disk = Files.createDirectories(root.resolve("sys/devices/sdb/sdb1"));
        Files.writeString(disk.resolveSibling("removable"), "1\n");
        Path block = Files.createDirectories(root.resolve("sys/dev/block"));
        Files.createSymbolicLink(block.resolve("8:17"), disk);
    }
}
