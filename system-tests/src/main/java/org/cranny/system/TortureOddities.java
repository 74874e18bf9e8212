package org.cranny.system;

import static org.cranny.system.TortureTree.ascii;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cranny.engine.posix.FileType;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.posix.Posix;
import org.cranny.engine.posix.PosixException;
import org.cranny.engine.posix.Xattr;

/** The rare things: links, holes, attributes, ACLs, modes, names, times, devices, depth. One method each. */
final class TortureOddities {
    private static final int CREATE = Posix.O_RDWR | Posix.O_CREAT | Posix.O_EXCL;
    private static final int PAGE = 4096;
    private static final long FIRST_MTIME = 1_200_000_000;
    private static final long LONGEST_MAKING = 3600;
    private static final int LAST_ACL_TAG = 0x20;

    private final Posix posix;
    private final Filler filler;
    private final List<String> leftOut;
    private final long started = System.currentTimeMillis() / 1000 - 1;
    private int made;

    interface Filler {
        void fill(int fd, long offset, long length) throws IOException;
    }

    private interface Step {
        void on(int fd) throws IOException;
    }

    TortureOddities(Posix posix, Filler filler, List<String> leftOut) {
        this.posix = posix;
        this.filler = filler;
        this.leftOut = leftOut;
    }

    void make(int directory) throws IOException {
        folder(directory, "names", this::names);
        folder(directory, "links", this::links);
        folder(directory, "holes", this::holes);
        folder(directory, "attributes", this::attributes);
        folder(directory, "acls", this::acls);
        folder(directory, "modes", this::modes);
        folder(directory, "times", this::times);
        folder(directory, "nodes", this::nodes);
        folder(directory, "owners", this::owners);
        folder(directory, "empty", fd -> {});
        folder(directory, "deep", fd -> deeper(fd, 24));
    }

    private void names(int at) throws IOException {
        Set<String> plain = new HashSet<>(List.of(
                "ä ö ü",
                "日本語",
                "e\u0301 and \u00e9",
                "-rf",
                " leading",
                "trailing ",
                "new\nline",
                "tab\t",
                "quote'\"",
                "back\\slash",
                "*?[a]",
                "...",
                "..a",
                "~",
                "%41",
                "a".repeat(255),
                "\u0001\u007f"));
        for (String name : plain) {
            file(at, name.getBytes(StandardCharsets.UTF_8), fd -> filler.fill(fd, 0, 100));
        }
        byte[] longAndRaw = new byte[255];
        Arrays.fill(longAndRaw, (byte) 0xfe);
        file(at, longAndRaw, fd -> filler.fill(fd, 0, 10));
        file(at, new byte[] {'l', (byte) 0xe4, 't', 'i', 'n'}, fd -> filler.fill(fd, 0, 10));
        file(at, new byte[] {(byte) 0xc3}, fd -> {});
        folder(at, new byte[] {(byte) 0x80, (byte) 0xff}, fd -> {});
        file(at, ascii("zero"), fd -> {});
    }

    private void links(int at) throws IOException {
        file(at, ascii("first"), fd -> filler.fill(fd, 0, 300_000));
        posix.makeLink(at, ascii("first"), at, ascii("second"));
        folder(at, "sub", fd -> posix.makeLink(at, ascii("first"), fd, ascii("third")));
        symlink(at, ascii("to-first"), ascii("first"));
        symlink(at, ascii("to-directory"), ascii("sub"));
        symlink(at, ascii("dangling"), ascii("/nowhere/at all"));
        symlink(at, ascii("loop"), ascii("loop"));
        symlink(at, ascii("long"), ascii("../".repeat(1300) + "etc/passwd"));
        symlink(at, ascii("raw"), new byte[] {(byte) 0xff, '/', (byte) 0xfe});
        posix.makeLink(at, ascii("dangling"), at, ascii("dangling-too"));
        bare(at, ascii("dangling"), fd -> posix.setModified(fd, -1, 1));
        node(at, ascii("pipe"), FileType.FIFO, 0640, 0, 0);
        posix.makeLink(at, ascii("pipe"), at, ascii("pipe-too"));
    }

    private void holes(int at) throws IOException {
        file(at, ascii("all-hole"), fd -> posix.truncate(fd, 1L << 30));
        file(at, ascii("hole-first"), fd -> filler.fill(fd, 10 << 20, 5000));
        file(at, ascii("hole-last"), fd -> {
            filler.fill(fd, 0, 70_000);
            posix.truncate(fd, 100 << 20);
        });
        file(at, ascii("hole-middle"), fd -> {
            filler.fill(fd, 0, 1 << 20);
            filler.fill(fd, 64 << 20, 1 << 20);
        });
        file(at, ascii("comb"), fd -> {
            for (int i = 0; i < 5000; i++) {
                filler.fill(fd, 2L * i * PAGE, PAGE);
            }
        });
        file(at, ascii("zeros"), fd -> posix.write(fd, ByteBuffer.allocate(200_000), 0));
    }

    private void attributes(int at) throws IOException {
        file(at, ascii("user"), fd -> {
            set(fd, "user.text", ascii("value"));
            set(fd, "user.empty", new byte[0]);
            set(fd, "user.binary", new byte[] {0, (byte) 0xff, 10});
            set(fd, "user.long", new byte[2000]);
            set(fd, "user." + "n".repeat(250), ascii("long name"));
        });
        file(at, ascii("system"), fd -> {
            set(fd, "trusted.cranny", ascii("trusted"));
            set(fd, "security.cranny", ascii("security"));
            set(fd, "security.capability", capability());
        });
        folder(at, "folder", fd -> set(fd, "user.folder", ascii("yes")));
        symlink(at, ascii("link"), ascii("user"));
        bare(at, ascii("link"), fd -> set(fd, "trusted.link", ascii("on a link")));
        node(at, ascii("pipe"), FileType.FIFO, 0600, 0, 0);
        bare(at, ascii("pipe"), fd -> set(fd, "trusted.pipe", ascii("on a pipe")));
    }

    private void acls(int at) throws IOException {
        byte[] acl = acl(07, 06, 05, 07, 04);
        file(at, ascii("shared"), fd -> set(fd, "system.posix_acl_access", acl));
        folder(at, "inheriting", fd -> {
            file(fd, ascii("before"), inner -> {});
            set(fd, "system.posix_acl_access", acl);
            set(fd, "system.posix_acl_default", acl(07, 04, 05, 05, 00));
            file(fd, ascii("after"), inner -> {});
            folder(fd, "sub", inner -> posix.chmod(inner, 0750));
        });
    }

    private void modes(int at) throws IOException {
        for (int mode : new int[] {0, 0001, 0400, 0444, 0777, 01777, 02755, 04755, 06711}) {
            file(at, ascii("file-" + Integer.toOctalString(mode)), fd -> {
                filler.fill(fd, 0, 50);
                posix.chmod(fd, mode);
            });
            folder(at, "folder-" + Integer.toOctalString(mode), fd -> {
                file(fd, ascii("inside"), inner -> {});
                posix.chmod(fd, mode);
            });
        }
    }

    private void times(int at) throws IOException {
        long[] seconds = {-2_000_000_000L, -1, 0, 1, 2_147_483_648L, 4_294_967_296L, 15_000_000_000L};
        for (long second : seconds) {
            for (int nanos : new int[] {0, 1, 500_000_000, 999_999_999}) {
                file(at, ascii("file" + second + "." + nanos), fd -> posix.setModified(fd, second, nanos));
            }
            folder(at, "folder" + second, fd -> posix.setModified(fd, second, 999_999_999));
        }
    }

    private void nodes(int at) throws IOException {
        node(at, ascii("fifo"), FileType.FIFO, 0622, 0, 0);
        node(at, ascii("socket"), FileType.SOCKET, 0755, 0, 0);
        tolerated("devices", () -> {
            node(at, ascii("null"), FileType.CHARACTER, 0666, 1, 3);
            node(at, ascii("block"), FileType.BLOCK, 0660, 4095, 1_048_575);
        });
        bare(at, ascii("fifo"), fd -> posix.setModified(fd, 1, 2));
    }

    private void owners(int at) throws IOException {
        file(at, ascii("stranger"), fd -> {
            filler.fill(fd, 0, 10);
            tolerated("foreign owner", () -> posix.chown(fd, 54_321, 4_000_000_000L));
            posix.chmod(fd, 04750);
        });
        symlink(at, ascii("link"), ascii("stranger"));
        bare(at, ascii("link"), fd -> tolerated("foreign owner of a link", () -> posix.chown(fd, 1, 1)));
        folder(at, "folder", fd -> tolerated("foreign owner of a folder", () -> posix.chown(fd, 65_534, 65_534)));
    }

    private void deeper(int at, int levels) throws IOException {
        file(at, ascii("leaf"), fd -> filler.fill(fd, 0, 30));
        if (levels > 0) {
            folder(at, "d".repeat(250), fd -> deeper(fd, levels - 1));
        }
    }

    private void file(int at, byte[] name, Step step) throws IOException {
        int fd = posix.open(at, name, CREATE, 0644);
        try {
            step.on(fd);
            ageUnlessTimed(fd);
        } finally {
            posix.close(fd);
        }
    }

    private void folder(int at, String name, Step step) throws IOException {
        folder(at, ascii(name), step);
    }

    private void folder(int at, byte[] name, Step step) throws IOException {
        posix.makeDirectory(at, name, 0755);
        int fd = posix.open(at, name, Posix.O_RDONLY | Posix.O_DIRECTORY, 0);
        try {
            step.on(fd);
            ageUnlessTimed(fd);
        } finally {
            posix.close(fd);
        }
    }

    private void symlink(int at, byte[] name, byte[] target) throws IOException {
        posix.makeSymlink(target, at, name);
        bare(at, name, this::age);
    }

    private void node(int at, byte[] name, FileType type, int mode, long major, long minor) throws IOException {
        posix.makeNode(at, name, type, mode, major, minor);
        bare(at, name, this::age);
    }

    private void ageUnlessTimed(int fd) throws IOException {
        long seconds = posix.stat(fd).mtimeSeconds();
        if (seconds >= started && seconds <= started + LONGEST_MAKING) {
            age(fd);
        }
    }

    /** Gives every inode a time of its own, the same in every tree. */
    private void age(int fd) throws IOException {
        made++;
        posix.setModified(fd, FIRST_MTIME + made, made * 1009);
    }

    private void bare(int at, byte[] name, Step step) throws IOException {
        int fd = posix.open(at, name, Posix.O_PATH, 0);
        try {
            step.on(fd);
        } finally {
            posix.close(fd);
        }
    }

    private void set(int fd, String name, byte[] value) throws IOException {
        tolerated("attribute " + name, () -> posix.setXattr(fd, Xattr.of(name, value)));
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private void tolerated(String what, Attempt attempt) throws IOException {
        try {
            attempt.run();
        } catch (PosixException refused) {
            if (!refused.isDenied() && !refused.isUnsupported()) {
                throw refused;
            }
            leftOut.add(PathBytes.printable(ascii(what)) + ": " + refused.reason());
        }
    }

    /** {@code struct posix_acl_xattr}: version 2, then tag, permissions, id for owner, user 1234, group, mask, others. */
    private static byte[] acl(int owner, int user, int group, int mask, int others) {
        ByteBuffer acl =
                ByteBuffer.allocate(4 + 5 * 8).order(ByteOrder.LITTLE_ENDIAN).putInt(2);
        int[][] entries = {{1, owner, -1}, {2, user, 1234}, {4, group, -1}, {0x10, mask, -1}, {LAST_ACL_TAG, others, -1}
        };
        for (int[] entry : entries) {
            acl.putShort((short) entry[0]).putShort((short) entry[1]).putInt(entry[2]);
        }
        return acl.array();
    }

    /** {@code struct vfs_cap_data}, revision 2: CAP_NET_BIND_SERVICE, permitted and effective. */
    private static byte[] capability() {
        ByteBuffer capability = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
        return capability.putInt(0x0200_0001).putInt(1 << 10).array();
    }
}
