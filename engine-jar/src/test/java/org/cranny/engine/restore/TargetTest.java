package org.cranny.engine.restore;

import static org.cranny.engine.posix.Scrap.name;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cranny.engine.posix.Extent;
import org.cranny.engine.posix.FileType;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.posix.Posix;
import org.cranny.engine.posix.Scrap;
import org.cranny.engine.posix.Stat;
import org.cranny.engine.posix.Xattr;
import org.cranny.engine.tree.Attributes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TargetTest {
    private static final int SWAPS = Boolean.getBoolean("cranny.long") ? 10_000 : 2_000;

    private Posix posix;
    private Scrap scrap;
    private Path folder;
    private Path outside;
    private Target target;
    private TargetDirectory root;

    @BeforeEach
    void open() throws Exception {
        posix = Posix.here();
        scrap = new Scrap();
        folder = scrap.path().resolve("target");
        outside = Files.createDirectory(scrap.path().resolve("outside"));
        target = Target.open(posix, folder, TargetRules.FAITHFUL);
        root = target.root();
    }

    @AfterEach
    void close() throws Exception {
        target.close();
        scrap.close();
    }

    @Test
    void writesFilesWithTheirAttributes() throws Exception {
        assertTrue(target.isEmpty());
        TargetDirectory child = root.child(name("folder"));
        try (TargetFile file = child.create(name("file"), 5)) {
            file.write(new byte[] {'l', 'o'}, 0, 2, 3);
            file.write(new byte[] {'x', 'h', 'e', 'l', 'x'}, 1, 3, 0);
            file.finish(mine(0640, 1_000_000_000, 7));
        }
        child.finish(mine(0500, -3, 999_999_999));
        target.sync();

        assertEquals("hello", Files.readString(folder.resolve("folder/file")));
        Stat file = child.existing(name("file")).orElseThrow();
        assertEquals(0640, file.mode());
        assertEquals(7, file.mtimeNanos());
        Stat directory = root.existing(name("folder")).orElseThrow();
        assertEquals(0500, directory.mode());
        assertEquals(-3, directory.mtimeSeconds());
        assertEquals(999_999_999, directory.mtimeNanos());
        assertFalse(target.isEmpty());
        assertEquals(List.of(), target.warnings());
    }

    @Test
    void whatIsNotWrittenStaysAHole() throws Exception {
        try (TargetFile file = root.create(name("sparse"), 10 << 20)) {
            file.write(new byte[65_536], 0, 65_536, 1 << 20);
            file.finish(mine(0600, 0, 0));
        }
        int fd = posix.open(Posix.CWD, PathBytes.of(folder.resolve("sparse")), Posix.O_RDONLY, 0);
        assertEquals(List.of(new Extent(1 << 20, 65_536)), posix.extents(fd, 10 << 20));
        posix.close(fd);
    }

    @Test
    void linksNodesAndSymlinksComeBack() throws Exception {
        root.create(name("file"), 0).close();
        TargetDirectory child = root.child(name("folder"));
        child.link(root, name("file"), name("second"));
        child.symlink(name("link"), name("../file"));
        child.finish(name("link"), mine(0777, 5, 6));
        assertTrue(child.node(name("fifo"), FileType.FIFO, 0, 0));
        child.finish(name("fifo"), mine(0642, 7, 8));

        assertEquals(2, child.existing(name("second")).orElseThrow().nlink());
        assertEquals(
                "../file", Files.readSymbolicLink(folder.resolve("folder/link")).toString());
        assertEquals(6, child.existing(name("link")).orElseThrow().mtimeNanos());
        assertEquals(0642, child.existing(name("fifo")).orElseThrow().mode());
        assertEquals(7, child.existing(name("fifo")).orElseThrow().mtimeSeconds());
    }

    @Test
    void refusesNamesThatLeadElsewhere() {
        for (String bad : List.of("", ".", "..", "../outside/x", "/etc/x", "a/b", "n".repeat(256), "a\0b")) {
            assertThrows(IOException.class, () -> root.create(name(bad), 1), bad);
            assertThrows(IOException.class, () -> root.child(name(bad)), bad);
            assertThrows(IOException.class, () -> root.symlink(name(bad), name("x")), bad);
            assertThrows(IOException.class, () -> root.node(name(bad), FileType.FIFO, 0, 0), bad);
            assertThrows(IOException.class, () -> root.link(root, name(bad), name("x")), bad);
        }
    }

    @Test
    void neverGoesThroughAPlantedLink() throws Exception {
        Files.createFile(outside.resolve("victim"));
        Files.createSymbolicLink(folder.resolve("folder"), outside);
        Files.createSymbolicLink(folder.resolve("file"), outside.resolve("victim"));
        Files.createSymbolicLink(folder.resolve("missing"), outside.resolve("new"));
        assertThrows(IOException.class, () -> root.child(name("folder")));
        for (String link : List.of("file", "missing")) {
            assertThrows(IOException.class, () -> root.create(name(link), 1));
        }
        root.finish(name("file"), mine(0600, 1, 1));
        assertTrue(Files.getLastModifiedTime(outside.resolve("victim")).toMillis() > 1_000_000);
        root.remove(name("file"));
        assertEquals(List.of("victim"), namesIn(outside));
        assertEquals(0, Files.size(outside.resolve("victim")));
    }

    @Test
    void refusesAPlantedHardLink() throws Exception {
        Files.writeString(outside.resolve("victim"), "untouched");
        Files.createLink(folder.resolve("file"), outside.resolve("victim"));
        assertThrows(IOException.class, () -> root.create(name("file"), 1));
        assertEquals("untouched", Files.readString(outside.resolve("victim")));
    }

    @Test
    void noticesADirectoryThatWasReplaced() throws Exception {
        TargetDirectory first = root.child(name("first"));
        first.create(name("before"), 0).close();
        for (int i = 0; i <= TargetHandles.MOST_IDLE; i++) {
            root.child(name("other-" + i)).create(name("file"), 0).close();
        }
        Files.move(folder.resolve("first"), folder.resolve("away"));
        Files.createDirectory(folder.resolve("first"));
        IOException refused = assertThrows(IOException.class, () -> first.create(name("after"), 0));
        assertTrue(refused.getMessage().endsWith("was replaced by another directory during the restore"));
        Files.delete(folder.resolve("first"));
        Files.createSymbolicLink(folder.resolve("first"), outside);
        assertThrows(IOException.class, () -> first.create(name("after"), 0));
        assertEquals(List.of(), namesIn(outside));
    }

    @Test
    void losesNoRaceAgainstSomebodyWhoSwapsDirectoriesForLinks() throws Exception {
        SwappingThread attacker = new SwappingThread(folder.resolve("folder"), outside);
        attacker.start();
        int written = 0;
        int refusals = 0;
        while (attacker.swaps() < SWAPS && attacker.isAlive()) {
            try {
                root.child(name("folder")).create(name("file-" + written), 1).close();
                written++;
            } catch (IOException refused) {
                assertFalse(refused.getMessage().isEmpty());
                refusals++;
            }
        }
        attacker.end();
        assertEquals(List.of(), namesIn(outside));
        String counts = attacker.swaps() + " swaps of a folder for a link, " + written + " files written inside, "
                + refusals + " refused, 0 outside";
        System.out.println(counts);
        assertTrue(attacker.swaps() >= SWAPS && written > 0 && refusals > 0, counts);
    }

    @Test
    void keepsFewDescriptorsOpenAndReachesAnyDepth() throws Exception {
        List<TargetDirectory> all = new ArrayList<>();
        TargetDirectory at = root;
        for (int i = 0; i < 3000; i++) {
            at = at.child(name("deeper"));
            all.add(at);
        }
        for (int i = 0; i < all.size(); i += 7) {
            all.get(all.size() - 1 - i).create(name("file"), 1).close();
        }
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            assertTrue(open.count() < TargetHandles.MOST_IDLE + 150);
        }
        at.finish(mine(0711, 1, 1));
        assertEquals(0711, all.get(2998).existing(name("deeper")).orElseThrow().mode());
    }

    @Test
    void aclsOfTheFolderAroundAreNotInherited() throws Exception {
        byte[] acl = {
            2, 0, 0, 0, 1, 0, 7, 0, -1, -1, -1, -1, 2, 0, 7, 0, 1, 0, 0, 0, 4, 0, 5, 0, -1, -1, -1, -1, 16, 0, 7, 0, -1,
            -1, -1, -1, 32, 0, 5, 0, -1, -1, -1, -1
        };
        int fd = posix.open(Posix.CWD, PathBytes.of(folder), Posix.O_RDONLY, 0);
        posix.setXattr(fd, Xattr.of("system.posix_acl_default", acl));
        posix.close(fd);
        TargetDirectory child = root.child(name("folder"));
        child.finish(mine(0755, 0, 0));
        try (TargetFile file = root.create(name("file"), 0)) {
            file.finish(mine(0644, 0, 0));
        }
        for (String made : List.of("folder", "file")) {
            int bare = posix.open(Posix.CWD, PathBytes.of(folder.resolve(made)), Posix.O_PATH, 0);
            assertTrue(posix.xattrs(bare).stream().noneMatch(xattr -> xattr.isIn("system.posix_acl")), made);
            posix.close(bare);
        }
    }

    @Test
    void rootBringsBackForeignOwnersSetuidAndDevices() throws Exception {
        assumeTrue(posix.isRoot(), "only root may");
        try (TargetFile file = root.create(name("file"), 0)) {
            file.finish(new Attributes(06755, 12_345, 4_000_000_000L, "", "", 1, 2, List.of()));
        }
        Stat file = root.existing(name("file")).orElseThrow();
        assertEquals(06755, file.mode());
        assertEquals(12_345, file.uid());
        assertEquals(4_000_000_000L, file.gid());
        assertTrue(root.node(name("device"), FileType.CHARACTER, 1, 3));
        assertEquals(List.of(), target.warnings());
    }

    @Test
    void ownersGoByNameUnlessNumbersAreAskedFor() throws Exception {
        assumeTrue(posix.isRoot(), "only root may");
        Attributes other = new Attributes(0600, 12_345, 12_346, "root", "no-such-group", 0, 0, List.of());
        try (TargetFile file = root.create(name("by-name"), 0)) {
            file.finish(other);
        }
        assertEquals(0, root.existing(name("by-name")).orElseThrow().uid());
        assertEquals(12_346, root.existing(name("by-name")).orElseThrow().gid());
        try (Target numeric = Target.open(posix, folder, new TargetRules(false, true));
                TargetFile file = numeric.root().create(name("by-number"), 0)) {
            file.finish(other);
        }
        assertEquals(12_345, root.existing(name("by-number")).orElseThrow().uid());
    }

    @Test
    void safeRulesLeaveOutWhatGivesPower() throws Exception {
        try (Target safe = Target.open(posix, folder, TargetRules.SAFE)) {
            assertFalse(safe.root().node(name("device"), FileType.BLOCK, 8, 0));
            List<Xattr> xattrs =
                    List.of(Xattr.of("security.capability", new byte[20]), Xattr.of("user.x", new byte[1]));
            try (TargetFile file = safe.root().create(name("file"), 0)) {
                file.finish(new Attributes(06755, 12_345, 12_345, "", "", 1, 2, xattrs));
            }
            assertEquals(3, safe.warningCount());
            assertTrue(safe.warnings().get(0).endsWith("/device: left out a block device"), safe.warnings()::toString);
        }
        Stat file = root.existing(name("file")).orElseThrow();
        assertEquals(0755, file.mode());
        assertEquals(posix.effectiveUid(), file.uid());
    }

    @Test
    void othersGetAWarningWhereRightsAreMissing() throws Exception {
        assumeFalse(posix.isRoot(), "root lacks no right");
        try (TargetFile file = root.create(name("file"), 0)) {
            file.finish(new Attributes(04755, 0, 0, "root", "root", 1, 2, List.of()));
        }
        assertEquals(0755, root.existing(name("file")).orElseThrow().mode());
        assertFalse(root.node(name("device"), FileType.CHARACTER, 1, 3));
        assertEquals(3, target.warningCount());
    }

    @Test
    void opensDirectoriesThatAnEarlierRunHasClosed() throws Exception {
        root.child(name("folder")).finish(mine(0, 0, 0));
        root.child(name("folder")).create(name("file"), 0).close();
        assertTrue(Files.exists(folder.resolve("folder/file")));
    }

    private Attributes mine(int mode, long seconds, int nanos) throws IOException {
        Stat own = posix.stat(Posix.CWD, PathBytes.of(folder));
        return new Attributes(mode, own.uid(), own.gid(), "", "", seconds, nanos, List.of());
    }

    private static List<String> namesIn(Path directory) throws IOException {
        try (var names = Files.list(directory)) {
            return names.map(path -> path.getFileName().toString()).toList();
        }
    }
}
