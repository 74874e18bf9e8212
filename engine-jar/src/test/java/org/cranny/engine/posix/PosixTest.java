package org.cranny.engine.posix;

import static org.cranny.engine.posix.Scrap.name;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PosixTest {
    private Posix posix;
    private Scrap scrap;
    private int here;

    @BeforeEach
    void open() throws Exception {
        posix = Posix.here();
        scrap = new Scrap();
        here = scrap.open();
    }

    @AfterEach
    void close() throws Exception {
        posix.close(here);
        scrap.close();
    }

    @Test
    void statAgreesWithJava() throws Exception {
        Path file = Files.write(scrap.path().resolve("file"), new byte[5000]);
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_234_567, 123_456_789)));
        Map<String, Object> java = Files.readAttributes(file, "unix:*");
        Stat stat = posix.stat(here, name("file"));
        assertEquals(FileType.FILE, stat.type());
        assertEquals((Integer) java.get("mode"), stat.mode() | FileType.FILE.modeBits());
        assertEquals(((Number) java.get("uid")).longValue(), stat.uid());
        assertEquals(((Number) java.get("gid")).longValue(), stat.gid());
        assertEquals(java.get("ino"), stat.inode());
        assertEquals(((Number) java.get("nlink")).longValue(), stat.nlink());
        assertEquals(5000, stat.size());
        assertEquals(1_234_567, stat.mtimeSeconds());
        assertEquals(123_456_789, stat.mtimeNanos());
        FileTime ctime = (FileTime) java.get("ctime");
        assertEquals(ctime.to(TimeUnit.SECONDS), stat.ctimeSeconds());
        assertFalse(stat.looksSparse());
    }

    @Test
    void listsRawNamesWithTheirTypes() throws Exception {
        byte[] raw = {(byte) 0xff, 'x', '\n'};
        posix.makeDirectory(here, raw, 0700);
        posix.makeSymlink(name("nowhere"), here, name("link"));
        List<DirectoryEntry> entries = posix.list(here);
        entries.sort(null);
        assertEquals(
                List.of(
                        new DirectoryEntry(name("link"), FileType.SYMLINK),
                        new DirectoryEntry(raw, FileType.DIRECTORY)),
                entries);
        assertEquals(entries.size(), posix.list(here).size());
    }

    @Test
    void listsMoreNamesThanFitIntoOneCall() throws Exception {
        for (int i = 0; i < 3000; i++) {
            posix.close(create("a-rather-long-name-to-fill-the-buffer-" + i));
        }
        assertEquals(
                3000,
                posix.list(here).stream()
                        .map(DirectoryEntry::toString)
                        .distinct()
                        .count());
    }

    @Test
    void readsBackWhatItWroteFromHeapAndDirectBuffers() throws Exception {
        byte[] octets = new byte[200_001];
        new Random(1).nextBytes(octets);
        int fd = create("file");
        posix.write(fd, ByteBuffer.wrap(octets, 1, 200_000), 10);
        ByteBuffer direct = ByteBuffer.allocateDirect(200_100).position(100);
        assertEquals(150_000, posix.read(fd, direct.limit(150_100), 10));
        direct.limit(200_100);
        assertEquals(50_000, posix.read(fd, direct, 150_010));
        assertEquals(0, direct.flip().position(100).compareTo(ByteBuffer.wrap(octets, 1, 200_000)));
        ByteBuffer heap = ByteBuffer.allocate(300_000);
        long at = 10;
        for (int got = posix.read(fd, heap, at); got > 0; got = posix.read(fd, heap, at)) {
            at += got;
        }
        assertEquals(0, heap.flip().compareTo(ByteBuffer.wrap(octets, 1, 200_000)));
        assertEquals(-1, posix.read(fd, ByteBuffer.allocate(1), 1_000_000));
        posix.close(fd);
    }

    @Test
    void showsHolesWhereNothingWasWritten() throws Exception {
        int fd = create("sparse");
        posix.truncate(fd, 10 << 20);
        assertEquals(List.of(), posix.extents(fd, 10 << 20));
        posix.write(fd, ByteBuffer.allocate(65_536), 1 << 20);
        posix.write(fd, ByteBuffer.allocate(65_536), (10 << 20) - 65_536);
        assertEquals(
                List.of(new Extent(1 << 20, 65_536), new Extent((10 << 20) - 65_536, 65_536)),
                posix.extents(fd, 10 << 20));
        assertTrue(posix.stat(fd).looksSparse());
        posix.close(fd);
    }

    @Test
    void refusesMoreAttributesThanAnEntryHolds() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/dev/shm")), "needs a file system without a limit of its own");
        Path file = Files.createTempFile(Path.of("/dev/shm"), "posix", "");
        int fd = posix.open(Posix.CWD, PathBytes.of(file), Posix.O_RDWR, 0);
        try {
            byte[] large = new byte[60_000];
            for (int i = 0; i < 18; i++) {
                posix.setXattr(fd, Xattr.of("user." + i, large));
            }
            PosixException refused = assertThrows(PosixException.class, () -> posix.xattrs(fd));
            assertEquals("too big (flistxattr)", refused.getMessage());
        } catch (PosixException limited) {
            assumeTrue(!limited.isFull() && !limited.isUnsupported(), "this kernel bounds attributes in memory");
            throw limited;
        } finally {
            posix.close(fd);
            Files.delete(file);
        }
    }

    @Test
    void setsTimesToTheNanosecondOnEveryType() throws Exception {
        posix.close(create("file"));
        posix.makeDirectory(here, name("directory"), 0700);
        posix.makeSymlink(name("nowhere"), here, name("link"));
        posix.makeNode(here, name("fifo"), FileType.FIFO, 0600, 0, 0);
        posix.makeNode(here, name("socket"), FileType.SOCKET, 0600, 0, 0);
        for (String made : List.of("file", "directory", "link", "fifo", "socket")) {
            int fd = posix.open(here, name(made), Posix.O_PATH, 0);
            posix.setModified(fd, -5, 999_999_999);
            posix.close(fd);
            assertEquals(-5, posix.stat(here, name(made)).mtimeSeconds(), made);
            assertEquals(999_999_999, posix.stat(here, name(made)).mtimeNanos(), made);
        }
    }

    @Test
    void changesModesThroughBarePathsToo() throws Exception {
        posix.makeNode(here, name("fifo"), FileType.FIFO, 0600, 0, 0);
        int fd = posix.open(here, name("fifo"), Posix.O_PATH, 0);
        posix.chmod(fd, 0642);
        posix.close(fd);
        assertEquals(0642, posix.stat(here, name("fifo")).mode());
        int file = create("file");
        posix.chmod(file, 04755);
        assertEquals(04755, posix.stat(file).mode());
        posix.close(file);
    }

    @Test
    void keepsExtendedAttributesSortedAndWhole() throws Exception {
        int fd = create("file");
        posix.setXattr(fd, Xattr.of("user.z", new byte[] {0, 1, (byte) 0xff}));
        posix.setXattr(fd, Xattr.of("user.a", new byte[0]));
        List<Xattr> expected =
                List.of(Xattr.of("user.a", new byte[0]), Xattr.of("user.z", new byte[] {0, 1, (byte) 0xff}));
        assertEquals(expected, own(posix.xattrs(fd)));
        int bare = posix.open(here, name("file"), Posix.O_PATH, 0);
        assertEquals(expected, own(posix.xattrs(bare)));
        posix.removeXattr(bare, name("user.a"));
        assertEquals(expected.subList(1, 2), own(posix.xattrs(fd)));
        posix.close(bare);
        posix.close(fd);
    }

    @Test
    void ownsLinksWithoutTouchingWhatTheyPointTo() throws Exception {
        assumeTrue(posix.isRoot(), "only root gives files away");
        posix.close(create("file"));
        posix.makeSymlink(name("file"), here, name("link"));
        int fd = posix.open(here, name("link"), Posix.O_PATH, 0);
        posix.chown(fd, 4_000_000_000L, 77);
        posix.setXattr(fd, Xattr.of("trusted.cranny", new byte[] {1}));
        assertEquals(List.of(Xattr.of("trusted.cranny", new byte[] {1})), posix.xattrs(fd));
        posix.close(fd);
        assertEquals(4_000_000_000L, posix.stat(here, name("link")).uid());
        assertEquals(0, posix.stat(here, name("file")).uid());
    }

    @Test
    void makesDevicesWithLargeNumbers() throws Exception {
        assumeTrue(posix.isRoot(), "only root makes devices");
        posix.makeNode(here, name("block"), FileType.BLOCK, 0600, 4095, 1_048_575);
        Stat stat = posix.stat(here, name("block"));
        assertEquals(FileType.BLOCK, stat.type());
        assertEquals(4095, stat.rdevMajor());
        assertEquals(1_048_575, stat.rdevMinor());
    }

    @Test
    void readsLinksOfAnyLengthAndContent() throws Exception {
        byte[] target = new byte[4095];
        Arrays.fill(target, (byte) 0xfe);
        posix.makeSymlink(target, here, name("link"));
        assertArrayEquals(target, posix.readLink(here, name("link")));
        int bare = posix.open(here, name("link"), Posix.O_PATH, 0);
        assertArrayEquals(target, posix.readLink(bare, new byte[0]));
        posix.close(bare);
    }

    @Test
    void neverFollowsALinkInTheLastComponent() throws Exception {
        posix.close(create("file"));
        posix.makeSymlink(name("file"), here, name("link"));
        PosixException refused =
                assertThrows(PosixException.class, () -> posix.open(here, name("link"), Posix.O_RDONLY, 0));
        assertTrue(refused.isVanished());
        assertEquals("link: a symbolic link is in the way (openat)", refused.getMessage());
    }

    @Test
    void saysWhatIsWrongInOneLine() {
        PosixException refused =
                assertThrows(PosixException.class, () -> posix.stat(here, new byte[] {'a', (byte) 0xff, '\n'}));
        assertEquals("a\\xFF\\x0A: does not exist (statx)", refused.getMessage());
        assertTrue(refused.isVanished());
        assertThrows(PosixException.class, () -> posix.stat(here, new byte[] {'a', 0, 'b'}));
        assertThrows(PosixException.class, () -> posix.stat(here, new byte[5000]));
    }

    @Test
    void knowsUsersAndGroupsByNameAndNumber() {
        Accounts accounts = posix.accounts();
        assertEquals("root", accounts.user(0));
        assertEquals(0, accounts.uid("root").orElseThrow());
        assertEquals("root", accounts.group(0));
        assertEquals(0, accounts.gid("root").orElseThrow());
        assertEquals("", accounts.user(3_999_999_999L));
        assertTrue(accounts.uid("nobody-has-this-name").isEmpty());
    }

    @Test
    void pathsKeepTheirOctetsInAnyLocale() throws Exception {
        byte[] raw = {(byte) 0xff, ' ', '%', '4', '1', '?', '#', (byte) 0xc3, (byte) 0xa4};
        posix.makeDirectory(here, raw, 0700);
        byte[] whole = PathBytes.join(PathBytes.of(scrap.path()), raw);
        try (var names = Files.list(scrap.path())) {
            assertArrayEquals(whole, PathBytes.of(names.findAny().orElseThrow()));
        }
        assertTrue(Files.isDirectory(PathBytes.toPath(whole)));
        assertArrayEquals(name("/"), PathBytes.of(Path.of("/")));
        assertArrayEquals(name("/a"), PathBytes.join(name("/"), name("a")));
        assertArrayEquals(name("a/b"), PathBytes.join(name("a"), name("b")));
        assertArrayEquals(name("b"), PathBytes.join(new byte[0], name("b")));
    }

    private int create(String file) throws PosixException {
        return posix.open(here, name(file), Posix.O_RDWR | Posix.O_CREAT | Posix.O_EXCL, 0600);
    }

    /** Security modules add labels of their own. */
    private static List<Xattr> own(List<Xattr> xattrs) {
        return xattrs.stream().filter(xattr -> xattr.isIn("user.")).toList();
    }
}
