package org.cranny.system;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.posix.Posix;

/**
 * Makes a tree with everything in it that a backup can get wrong: many ordinary files, one big file, and the
 * oddities of {@link TortureOddities}. The same parameters make the same content, names, modes and times.
 *
 * <p>What this user may not make (devices, foreign owners, trusted attributes) is left out and named in
 * {@link #leftOut()}.
 */
public final class TortureTree {
    private static final int FILES_IN_DIRECTORY = 100;
    private static final int DIRECTORIES_IN_DIRECTORY = 50;
    private static final int BLOCK = 8 << 20;
    private static final long FIRST_MTIME = 1_000_000_000;

    private final Posix posix;
    private final long bigFileSize;
    private final int files;
    private final SplittableRandom random;
    private final ByteBuffer noise;
    private final ByteBuffer words;
    private final List<String> leftOut = new ArrayList<>();

    /**
     * @param files how many ordinary files, in folders of a hundred
     * @param bigFileSize octets of the one big file
     * @param seed decides the content
     */
    public TortureTree(int files, long bigFileSize, long seed) throws IOException {
        this.posix = Posix.here();
        this.files = files;
        this.bigFileSize = bigFileSize;
        this.random = new SplittableRandom(seed);
        this.noise = noise(random.split());
        this.words = words(random.split());
    }

    /** {@code TortureTree DIR [FILES [BIG_FILE_SIZE [SEED]]]}; 50,000 files and 3 GiB when nothing is said. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 1 || arguments.length > 4) {
            System.err.println("usage: TortureTree DIR [FILES [BIG_FILE_SIZE [SEED]]]");
            System.exit(2);
        }
        int files = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 50_000;
        long big = arguments.length > 2 ? Long.parseLong(arguments[2]) : 3L << 30;
        long seed = arguments.length > 3 ? Long.parseLong(arguments[3]) : 1;
        TortureTree tree = new TortureTree(files, big, seed);
        tree.make(Path.of(arguments[0]));
        tree.leftOut().forEach(line -> System.out.println("left out: " + line));
    }

    /** Makes the tree in a folder that is missing or empty. */
    public void make(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var names = Files.list(folder)) {
            if (names.findAny().isPresent()) {
                throw new IOException(folder + ": is not empty");
            }
        }
        int root = posix.open(Posix.CWD, PathBytes.of(folder.toRealPath()), Posix.O_RDONLY | Posix.O_DIRECTORY, 0);
        try {
            inside(root, "many", this::makeMany);
            inside(root, "big", this::makeBig);
            inside(root, "odd", fd -> new TortureOddities(posix, this::fill, leftOut).make(fd));
            posix.setModified(root, FIRST_MTIME, 1);
        } finally {
            posix.close(root);
        }
    }

    /** What could not be made, one line each. */
    public List<String> leftOut() {
        return List.copyOf(leftOut);
    }

    private interface Making {
        void in(int directory) throws IOException;
    }

    private void inside(int parent, String name, Making making) throws IOException {
        posix.makeDirectory(parent, name.getBytes(java.nio.charset.StandardCharsets.UTF_8), 0755);
        int fd = posix.open(parent, ascii(name), Posix.O_RDONLY | Posix.O_DIRECTORY, 0);
        try {
            making.in(fd);
            posix.chmod(fd, 0755);
            posix.setModified(fd, FIRST_MTIME + name.hashCode() % 1_000_000, 123_456_789);
        } finally {
            posix.close(fd);
        }
    }

    private void makeMany(int many) throws IOException {
        int perGroup = FILES_IN_DIRECTORY * DIRECTORIES_IN_DIRECTORY;
        for (int group = 0; group * perGroup < files; group++) {
            int firstOfGroup = group * perGroup;
            inside(many, String.format("group-%03d", group), fd -> makeGroup(fd, firstOfGroup));
        }
    }

    private void makeGroup(int group, int first) throws IOException {
        for (int i = 0; i < DIRECTORIES_IN_DIRECTORY; i++) {
            int from = first + i * FILES_IN_DIRECTORY;
            int to = Math.min(files, from + FILES_IN_DIRECTORY);
            if (from < to) {
                inside(group, String.format("folder-%02d", i), fd -> makeFiles(fd, from, to));
            }
        }
    }

    private void makeFiles(int folder, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            int fd = posix.open(
                    folder, ascii("file-" + i + ".txt"), Posix.O_WRONLY | Posix.O_CREAT | Posix.O_EXCL, 0644);
            try {
                posix.write(fd, slice(words, ordinarySize(i)), 0);
                posix.chmod(fd, i % 7 == 0 ? 0755 : 0644);
                posix.setModified(fd, FIRST_MTIME + i, (int) (i * 7919L % 1_000_000_000));
            } finally {
                posix.close(fd);
            }
        }
    }

    /** Mostly a few KiB, one in a hundred some 100 KiB, one in a thousand some MiB. */
    private int ordinarySize(int number) {
        if (number % 1000 == 999) {
            return random.nextInt(1 << 20, 3 << 20);
        }
        return number % 100 == 99 ? random.nextInt(100_000, 400_000) : random.nextInt(0, 8192);
    }

    private void makeBig(int directory) throws IOException {
        int fd = posix.open(directory, ascii("big.bin"), Posix.O_WRONLY | Posix.O_CREAT | Posix.O_EXCL, 0600);
        try {
            fill(fd, 0, bigFileSize);
            posix.setModified(fd, FIRST_MTIME, 999_999_999);
        } finally {
            posix.close(fd);
        }
    }

    /** Writes noise; every block of 8 MiB differs from the others in its first octets and in where it begins. */
    private void fill(int fd, long offset, long length) throws IOException {
        for (long done = 0; done < length; ) {
            noise.putLong(0, random.nextLong());
            int size = (int) Math.min(length - done, BLOCK);
            posix.write(fd, slice(noise, size), offset + done);
            done += size;
        }
    }

    private ByteBuffer slice(ByteBuffer of, int size) {
        int from = size == of.capacity() ? 0 : random.nextInt(of.capacity() - size);
        return of.duplicate().limit(from + size).position(from);
    }

    private static ByteBuffer noise(SplittableRandom random) {
        ByteBuffer noise = ByteBuffer.allocateDirect(BLOCK).order(ByteOrder.nativeOrder());
        LongBuffer longs = noise.asLongBuffer();
        while (longs.hasRemaining()) {
            longs.put(random.nextLong());
        }
        return noise;
    }

    private static ByteBuffer words(SplittableRandom random) {
        ByteBuffer words = ByteBuffer.allocateDirect(BLOCK);
        while (words.remaining() > 16) {
            words.put(ascii(Long.toString(random.nextLong(0, 4096), 36))).put((byte) ' ');
        }
        return words;
    }

    static byte[] ascii(String name) {
        return name.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
