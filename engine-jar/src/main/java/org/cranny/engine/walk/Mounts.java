package org.cranny.engine.walk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The file systems that are mounted here, and which of them hold this machine's own data: disks that stay with it.
 * Not the kernel's views ({@code proc}, {@code tmpfs}), not the network's, not what is made to be taken away, and
 * nothing twice that is mounted at several places. Source: proc(5), {@code /proc/self/mountinfo}.
 */
public final class Mounts {
    private static final Set<String> OF_DISKS = Set.of(
            "ext2",
            "ext3",
            "ext4",
            "xfs",
            "btrfs",
            "f2fs",
            "jfs",
            "reiserfs",
            "nilfs2",
            "zfs",
            "bcachefs",
            "vfat",
            "exfat",
            "ntfs",
            "ntfs3",
            "fuseblk",
            "hfsplus",
            "minix");
    private static final int ROOT = 3;
    private static final int POINT = 4;
    private static final int DEVICE = 2;
    private static final byte[] SLASH = {'/'};

    private final List<Mount> mounts;

    private Mounts(List<Mount> mounts) {
        this.mounts = mounts;
    }

    private record Mount(byte[] point, byte[] root, String device, String type, boolean removable) {
        boolean isRoot() {
            return Arrays.equals(point, SLASH);
        }

        boolean staysHere() {
            return isRoot() || OF_DISKS.contains(type) && !removable;
        }

        /** Whether all that can be seen here can be seen there too. */
        boolean isPartOf(Mount other) {
            boolean above = other.root.length == 1
                    || root.length >= other.root.length
                            && Arrays.equals(root, 0, other.root.length, other.root, 0, other.root.length)
                            && (root.length == other.root.length || root[other.root.length] == '/');
            return device.equals(other.device) && above;
        }
    }

    /** What is mounted now, as this process sees it. */
    public static Mounts here() throws IOException {
        return at(Path.of("/"));
    }

    /** @param root stands for {@code /}, with {@code proc/self/mountinfo} and {@code sys/dev/block} below it */
    static Mounts at(Path root) throws IOException {
        byte[] table = Files.readAllBytes(root.resolve("proc/self/mountinfo"));
        List<Mount> mounts = new ArrayList<>();
        for (String line : new String(table, StandardCharsets.ISO_8859_1).split("\n")) {
            String[] fields = line.split(" ");
            int dash = Arrays.asList(fields).indexOf("-");
            if (dash > POINT && dash + 1 < fields.length && fields[DEVICE].matches("[0-9]+:[0-9]+")) {
                mounts.add(new Mount(
                        octets(fields[POINT]),
                        octets(fields[ROOT]),
                        fields[DEVICE],
                        fields[dash + 1],
                        isRemovable(root.resolve("sys/dev/block").resolve(fields[DEVICE]))));
            }
        }
        return new Mounts(mounts);
    }

    /** Mount points that a backup of all of this machine's own data leaves empty, absolute, raw octets. */
    public List<byte[]> foreign() {
        List<Mount> kept = new ArrayList<>();
        mounts.stream()
                .filter(Mount::staysHere)
                .sorted(Comparator.comparing(Mount::isRoot)
                        .reversed()
                        .thenComparing(mount -> mount.root().length)
                        .thenComparing(mount -> mount.point().length))
                .filter(mount -> kept.stream().noneMatch(mount::isPartOf))
                .forEach(kept::add);
        return mounts.stream()
                .map(Mount::point)
                .filter(point -> kept.stream().noneMatch(mount -> Arrays.equals(mount.point(), point)))
                .toList();
    }

    private static boolean isRemovable(Path device) throws IOException {
        for (Path file : List.of(device.resolve("removable"), device.resolve("../removable"))) {
            Path real = Files.notExists(file) ? file : file.toRealPath();
            if (Files.isRegularFile(real)) {
                return Files.readString(real).strip().equals("1");
            }
        }
        return false;
    }

    /** Blanks, tabs, line ends and backslashes stand as three octal digits. */
    private static byte[] octets(String field) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(field.length());
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '\\'
                    && i + 3 < field.length()
                    && field.substring(i + 1, i + 4).matches("[0-7]{3}")) {
                out.write(Integer.parseInt(field.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                out.write(c);
            }
        }
        return out.toByteArray();
    }
}
