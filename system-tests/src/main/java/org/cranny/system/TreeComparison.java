package org.cranny.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cranny.engine.posix.DirectoryEntry;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.posix.Posix;
import org.cranny.engine.posix.Stat;

/**
 * Compares two trees in everything that a restore must bring back: names, types, content, mode, owner, modification
 * time to the nanosecond, extended attributes and ACLs, link targets, device numbers, which names are hard links of
 * one file, and where the holes are. Inode numbers, access and change times are not compared.
 */
public final class TreeComparison {
    private static final int MOST_PRINTED = 100;

    private final Posix posix;
    private final InodeComparison inodes;
    private final List<String> differences = new ArrayList<>();
    private final Map<Inode, String> firstNamesLeft = new HashMap<>();
    private final Map<Inode, String> firstNamesRight = new HashMap<>();
    private long compared;

    private record Inode(long device, long number) {}

    private TreeComparison() throws IOException {
        this.posix = Posix.here();
        this.inodes = new InodeComparison(posix, differences);
    }

    /** {@code TreeComparison LEFT RIGHT [--without-roots]}: prints the differences; ends 0 when there are none. */
    public static void main(String[] arguments) throws IOException {
        boolean withoutRoots = arguments.length == 3 && arguments[2].equals("--without-roots");
        if (arguments.length != 2 && !withoutRoots) {
            System.err.println("usage: TreeComparison LEFT RIGHT [--without-roots]");
            System.exit(2);
        }
        TreeComparison comparison = new TreeComparison();
        comparison.run(Path.of(arguments[0]), Path.of(arguments[1]), !withoutRoots);
        List<String> differences = comparison.differences;
        differences.stream().limit(MOST_PRINTED).forEach(System.out::println);
        System.out.println(comparison.compared + " names compared, " + differences.size() + " differences");
        System.exit(differences.isEmpty() ? 0 : 1);
    }

    /** Every difference as one line; empty when the trees are equal, their roots included. */
    public static List<String> compare(Path left, Path right) throws IOException {
        return compare(left, right, true);
    }

    /** As {@link #compare(Path, Path)}, with or without the attributes of the two roots themselves. */
    public static List<String> compare(Path left, Path right, boolean rootsToo) throws IOException {
        TreeComparison comparison = new TreeComparison();
        comparison.run(left, right, rootsToo);
        return List.copyOf(comparison.differences);
    }

    private void run(Path left, Path right, boolean rootsToo) throws IOException {
        int leftFd = open(left);
        try {
            int rightFd = open(right);
            try {
                if (rootsToo) {
                    inodes.compareAttributes(leftFd, rightFd, ".");
                }
                directories(leftFd, rightFd, "");
            } finally {
                posix.close(rightFd);
            }
        } finally {
            posix.close(leftFd);
        }
    }

    private int open(Path root) throws IOException {
        return posix.open(Posix.CWD, PathBytes.of(root.toRealPath()), Posix.O_RDONLY | Posix.O_DIRECTORY, 0);
    }

    private void directories(int left, int right, String path) throws IOException {
        TreeMap<byte[], Integer> names = new TreeMap<>(Arrays::compareUnsigned);
        for (DirectoryEntry entry : posix.list(left)) {
            names.merge(entry.name(), 1, Integer::sum);
        }
        for (DirectoryEntry entry : posix.list(right)) {
            names.merge(entry.name(), 2, Integer::sum);
        }
        for (Map.Entry<byte[], Integer> name : names.entrySet()) {
            String child = path + PathBytes.printable(name.getKey());
            if (name.getValue() == 3) {
                compare(left, right, name.getKey(), child);
            } else {
                differences.add(child + ": only on the " + (name.getValue() == 1 ? "left" : "right"));
            }
        }
    }

    private void compare(int left, int right, byte[] name, String path) throws IOException {
        compared++;
        Stat leftStat = posix.stat(left, name);
        Stat rightStat = posix.stat(right, name);
        if (leftStat.type() != rightStat.type()) {
            differences.add(path + ": " + leftStat.type() + ", " + rightStat.type());
            return;
        }
        compareHardLinks(leftStat, rightStat, path);
        int flags =
                switch (leftStat.type()) {
                    case FILE -> Posix.O_RDONLY;
                    case DIRECTORY -> Posix.O_RDONLY | Posix.O_DIRECTORY;
                    default -> Posix.O_PATH;
                };
        try {
            opened(left, right, name, flags, path);
        } catch (IOException refused) {
            differences.add(path + ": cannot be compared: " + refused.getMessage());
        }
    }

    private void opened(int left, int right, byte[] name, int flags, String path) throws IOException {
        int leftFd = posix.open(left, name, flags, 0);
        try {
            int rightFd = posix.open(right, name, flags, 0);
            try {
                Stat stat = inodes.compareAttributes(leftFd, rightFd, path);
                if (stat.isDirectory()) {
                    directories(leftFd, rightFd, path + "/");
                } else if (stat.isFile()) {
                    inodes.compareContent(leftFd, rightFd, path);
                }
            } finally {
                posix.close(rightFd);
            }
        } finally {
            posix.close(leftFd);
        }
    }

    /** Two names are links of one file on the left exactly when they are on the right. */
    private void compareHardLinks(Stat left, Stat right, String path) {
        String firstLeft = firstName(firstNamesLeft, left, path);
        String firstRight = firstName(firstNamesRight, right, path);
        if (!firstLeft.equals(firstRight)) {
            differences.add(path + ": same file as " + firstLeft + ", same file as " + firstRight);
        }
    }

    private static String firstName(Map<Inode, String> names, Stat stat, String path) {
        if (stat.nlink() < 2 || stat.isDirectory()) {
            return path;
        }
        String first = names.putIfAbsent(new Inode(stat.device(), stat.inode()), path);
        return first == null ? path : first;
    }
}
