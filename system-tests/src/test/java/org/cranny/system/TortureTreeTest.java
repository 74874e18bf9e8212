package org.cranny.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.posix.Posix;
import org.cranny.engine.posix.Xattr;
import org.cranny.engine.restore.TargetRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TortureTreeTest {
    private static final int FILES = 700;
    private static final long BIG = 20 << 20;

    private Path folder;

    @BeforeEach
    void makeFolder() throws Exception {
        folder = Files.createTempDirectory("torture");
    }

    /** Paths longer than the kernel takes are beyond what Java can delete. */
    @AfterEach
    void removeFolder() throws Exception {
        new ProcessBuilder("chmod", "-R", "u+rwx", folder.toString()).start().waitFor();
        int ended = new ProcessBuilder("rm", "-rf", "--one-file-system", folder.toString())
                .inheritIO()
                .start()
                .waitFor();
        assertEquals(0, ended);
    }

    @Test
    void sameSeedMakesEqualTreesAndTheComparisonSaysSo() throws Exception {
        assumeTrue(Posix.here().isRoot(), "an ordinary user cannot read its own files of mode 000");
        make("a");
        make("b");
        assertEquals(List.of(), TreeComparison.compare(folder.resolve("a"), folder.resolve("b")));
    }

    @Test
    void ordinaryUserMakesWhatItMayAndSaysWhatItLeftOut() throws Exception {
        assumeFalse(Posix.here().isRoot(), "root may make everything");
        String leftOut = String.join("\n", make("a").leftOut());
        assertTrue(leftOut.contains("devices: not permitted"), leftOut);
        assertTrue(leftOut.contains("foreign owner: not permitted"), leftOut);
        for (String line : TreeComparison.compare(folder.resolve("a"), folder.resolve("a"))) {
            assertTrue(line.contains("cannot be compared") && line.contains("permission denied"), line);
        }
    }

    @Test
    void rootGetsEverythingBackAsItWas() throws Exception {
        assumeTrue(Posix.here().isRoot(), "only root may restore foreign owners and devices");
        TortureTree tree = make("a");
        assertEquals(List.of(), tree.leftOut());
        TreeCopy copy = new TreeCopy();
        assertEquals(List.of(), copy.copy(folder.resolve("a"), folder.resolve("b"), TargetRules.FAITHFUL));
        assertEquals(List.of(), copy.unreadable());
        assertEquals(List.of(), TreeComparison.compare(folder.resolve("a"), folder.resolve("b")));
    }

    @Test
    void everyKindOfDamageIsFound() throws Exception {
        assumeTrue(Posix.here().isRoot(), "an ordinary user cannot read its own files of mode 000");
        make("a");
        make("b");
        Path damaged = folder.resolve("b");
        damage(damaged.resolve("big/big.bin"), fd -> Posix.here().write(fd, ByteBuffer.wrap(new byte[1]), BIG / 2));
        damage(damaged.resolve("odd/modes/file-4755"), fd -> Posix.here().chmod(fd, 0755));
        damage(damaged.resolve("odd/times/file0.1"), fd -> Posix.here().setModified(fd, 0, 2));
        damage(damaged.resolve("odd/owners/stranger"), fd -> Posix.here().chown(fd, 0, 0));
        damage(damaged.resolve("odd/attributes/user"), fd -> Posix.here()
                .setXattr(fd, Xattr.of("user.text", new byte[] {1})));
        damage(damaged.resolve("odd/acls/shared"), fd -> Posix.here()
                .removeXattr(fd, "system.posix_acl_access".getBytes("UTF-8")));
        damage(damaged.resolve("odd/holes/hole-first"), fd -> Posix.here().write(fd, ByteBuffer.wrap(new byte[1]), 0));
        Path linked = damaged.resolve("odd/links/second");
        byte[] content = Files.readAllBytes(linked);
        Files.delete(linked);
        Files.write(linked, content);
        Files.delete(damaged.resolve("odd/nodes/fifo"));

        String found = String.join("\n", TreeComparison.compare(folder.resolve("a"), damaged));

        for (String expected : List.of(
                "big/big.bin: content from octet",
                "odd/modes/file-4755: mode 4755, 755",
                "odd/times/file0.1: modified 0s+1ns, 0s+2ns",
                "odd/owners/stranger: owner 54321:4000000000, 0:0",
                "odd/attributes/user: attributes",
                "odd/acls/shared: attributes",
                "odd/holes/hole-first: data at",
                "odd/links/second: same file as odd/links/first, same file as odd/links/second",
                "odd/nodes/fifo: only on the left")) {
            assertTrue(found.contains(expected), () -> expected + " is missing in\n" + found);
        }
    }

    @Test
    void safeRestoreLeavesOutWhatGivesPower() throws Exception {
        assumeTrue(Posix.here().isRoot(), "only root could do otherwise");
        make("a");
        TreeCopy copy = new TreeCopy();
        List<String> warnings = copy.copy(folder.resolve("a"), folder.resolve("b"), TargetRules.SAFE);
        List<String> differences = TreeComparison.compare(folder.resolve("a"), folder.resolve("b"));
        assertTrue(
                warnings.stream().anyMatch(line -> line.contains("left out a character device")), warnings::toString);
        for (String line : differences) {
            boolean expected = line.contains(": owner ")
                    || line.contains(": mode ")
                    || line.contains("only on the left")
                    || line.contains(": attributes ");
            assertTrue(expected, line);
        }
        assertTrue(differences.contains("odd/modes/file-4755: mode 4755, 755"), differences::toString);
        assertTrue(differences.contains("odd/nodes/null: only on the left"), differences::toString);
    }

    private TortureTree make(String name) throws Exception {
        TortureTree tree = new TortureTree(FILES, BIG, 7);
        tree.make(folder.resolve(name));
        return tree;
    }

    private interface Damage {
        void on(int fd) throws Exception;
    }

    private static void damage(Path file, Damage damage) throws Exception {
        Posix posix = Posix.here();
        int fd = posix.open(Posix.CWD, PathBytes.of(file), Posix.O_WRONLY, 0);
        damage.on(fd);
        posix.close(fd);
    }
}
