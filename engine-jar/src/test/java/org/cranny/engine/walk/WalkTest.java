package org.cranny.engine.walk;

import static org.cranny.engine.posix.Scrap.name;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cranny.engine.posix.FileType;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.posix.Posix;
import org.cranny.engine.posix.Scrap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WalkTest {
    private static final byte[] ROOT = {};

    private Scrap scrap;
    private Path folder;

    @BeforeEach
    void open() throws Exception {
        scrap = new Scrap();
        folder = scrap.path();
    }

    @AfterEach
    void close() throws Exception {
        scrap.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 8})
    void meetsEverythingOnceInTheOrderOfNames(int threads) throws Exception {
        List<String> expected = makeFolders(6, 5);
        try (Walk walk = walk(threads)) {
            List<String> met = new ArrayList<>();
            meet(walk, ROOT, met);
            assertEquals(expected, met);
        }
    }

    @Test
    void anyOtherOrderWorksToo() throws Exception {
        List<String> expected = makeFolders(3, 4);
        try (Walk walk = walk(2)) {
            for (int i = expected.size() - 1; i >= 0; i--) {
                assertTrue(walk.list(name(expected.get(i))).isComplete());
            }
            for (String path : expected) {
                assertTrue(walk.list(name(path)).isComplete());
            }
        }
    }

    @Test
    void sortsNamesAsUnsignedOctets() throws Exception {
        for (String file : List.of("b", "a", "ä", "A", "a.txt", "a-b")) {
            Files.createFile(folder.resolve(file));
        }
        try (Walk walk = walk(0)) {
            List<String> names =
                    walk.list(ROOT).found().stream().map(Found::toString).toList();
            assertEquals(List.of("A", "a", "a-b", "a.txt", "b", "ä"), names);
        }
    }

    @Test
    void whatVanishedIsAFactAndNotAFailure() throws Exception {
        try (Walk walk = walk(1)) {
            Listing listing = walk.list(name("never/there"));
            assertFalse(listing.isComplete());
            assertEquals(
                    "never/there: does not exist", listing.unreadable().get(0).toString());
            assertTrue(listing.unreadable().get(0).vanished());
        }
    }

    @Test
    void whatMayNotBeReadIsAFactAndNotAFailure() throws Exception {
        assumeFalse(Posix.here().isRoot(), "root may read everything");
        Files.createDirectory(folder.resolve("closed"));
        Files.createFile(folder.resolve("secret"));
        folder.resolve("closed").toFile().setReadable(false, false);
        folder.resolve("secret").toFile().setReadable(false, false);
        try (Walk walk = walk(1)) {
            assertEquals(2, walk.list(ROOT).found().size());
            Listing closed = walk.list(name("closed"));
            assertEquals("closed: permission denied", closed.unreadable().get(0).toString());
            assertFalse(closed.unreadable().get(0).vanished());
            assertThrows(IOException.class, () -> walk.contents(name("secret")));
        }
    }

    @Test
    void neverLeavesTheRootThroughALink() throws Exception {
        Files.createSymbolicLink(folder.resolve("etc"), Path.of("/etc"));
        try (Walk walk = walk(1)) {
            assertFalse(walk.list(name("etc")).isComplete());
            assertThrows(IOException.class, () -> walk.contents(name("etc/passwd")));
            assertThrows(IOException.class, () -> walk.contents(name("etc")));
            assertThrows(IOException.class, () -> walk.contents(name("../../etc/passwd")));
            assertEquals("/etc", new String(walk.readLink(name("etc")), StandardCharsets.UTF_8));
            assertEquals(FileType.SYMLINK, walk.stat(name("etc")).type());
        }
    }

    @Test
    void doesNotWaitForAPipe() throws Exception {
        Posix posix = Posix.here();
        int fd = scrap.open();
        posix.makeNode(fd, name("pipe"), FileType.FIFO, 0600, 0, 0);
        posix.close(fd);
        try (Walk walk = walk(1)) {
            IOException refused = assertThrows(IOException.class, () -> walk.contents(name("pipe")));
            assertEquals("pipe: is now a fifo", refused.getMessage());
        }
    }

    @Test
    void readsContentAndNoticesChanges() throws Exception {
        Files.writeString(folder.resolve("file"), "hello");
        try (Walk walk = walk(1);
                Contents contents = walk.contents(name("file"))) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(10);
            assertEquals(4, contents.read(buffer, 1));
            assertEquals(StandardCharsets.UTF_8.encode("ello"), buffer.flip());
            assertTrue(contents.isUnchanged());
            Files.writeString(folder.resolve("file"), "longer than before");
            assertFalse(contents.isUnchanged());
        }
    }

    @Test
    void leavesOutWhatTheReaderWillNotVisit() throws Exception {
        makeFolders(3, 3);
        Descent descent = (parent, directory) -> !directory.toString().equals("folder-1");
        try (Walk walk = Walk.open(Posix.here(), PathBytes.of(folder), 2, descent)) {
            List<String> met = new ArrayList<>();
            meet(walk, ROOT, met);
            assertTrue(met.contains("folder-1/folder-1/folder-1"));
        }
    }

    private Walk walk(int threads) throws IOException {
        return Walk.open(Posix.here(), PathBytes.of(folder), threads);
    }

    private static void meet(Walk walk, byte[] path, List<String> met) {
        Listing listing = walk.list(path);
        assertTrue(listing.isComplete());
        for (Found found : listing.found()) {
            byte[] child = PathBytes.join(path, found.name());
            met.add(PathBytes.printable(child));
            if (found.stat().isDirectory()) {
                meet(walk, child, met);
            }
        }
    }

    private List<String> makeFolders(int width, int depth) throws IOException {
        List<String> made = new ArrayList<>();
        makeFolders(folder, "", width, Math.min(depth, 3), made);
        return made;
    }

    private static void makeFolders(Path at, String path, int width, int depth, List<String> made) throws IOException {
        for (int i = 0; i < width && depth > 0; i++) {
            String child = path + "folder-" + i;
            made.add(child);
            makeFolders(Files.createDirectory(at.resolve("folder-" + i)), child + "/", width, depth - 1, made);
        }
    }
}
