package org.cranny.engine.backup;

import static org.cranny.engine.backup.HandMadeEntry.BLOCK;
import static org.cranny.engine.backup.HandMadeEntry.CHARACTER;
import static org.cranny.engine.backup.HandMadeEntry.FIFO;
import static org.cranny.engine.backup.HandMadeEntry.FILE;
import static org.cranny.engine.backup.HandMadeEntry.SOCKET;
import static org.cranny.engine.backup.HandMadeEntry.bytes;
import static org.cranny.engine.backup.HandMadeEntry.chunks;
import static org.cranny.engine.backup.HandMadeEntry.directory;
import static org.cranny.engine.backup.HandMadeEntry.empty;
import static org.cranny.engine.backup.HandMadeEntry.extents;
import static org.cranny.engine.backup.HandMadeEntry.file;
import static org.cranny.engine.backup.HandMadeEntry.index;
import static org.cranny.engine.backup.HandMadeEntry.join;
import static org.cranny.engine.backup.HandMadeEntry.leaf;
import static org.cranny.engine.backup.HandMadeEntry.symlink;
import static org.cranny.engine.backup.HandMadeEntry.varint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.cranny.engine.chunking.ChunkId;

/** The corpus of {@link HostileTreesTest}: what a source that means harm may have backed up. */
final class HostileTrees {
    /** How a tree is hostile. */
    enum Kind {
        NAMES,
        ORDER,
        TYPES,
        LINKS,
        HARD_LINKS,
        POWER,
        ATTRIBUTES,
        CONTENT,
        HOLES,
        DEPTH
    }

    /**
     * One tree.
     *
     * @param first the tree that is restored before it into the same target, or null
     * @param leftOut part of the one line that says what is left out; null when all of it comes back
     */
    record Hostile(Kind kind, String what, ChunkId first, ChunkId root, String leftOut) {}

    private static final String BAD_NAME = "a name that may not be";
    private static final String ORDER = "names not in order";
    private static final byte[] TEXT = "evil".getBytes(StandardCharsets.US_ASCII);

    private final HostileSource source;
    private final List<Hostile> all = new ArrayList<>();
    private final ChunkId text;
    private final ChunkId nothing;
    private final String outside;

    /** @param outside an absolute path that links lead to */
    HostileTrees(HostileSource source, String outside) throws IOException {
        this.source = source;
        this.outside = outside;
        text = source.add(TEXT);
        nothing = source.add(leaf());
        names();
        order();
        types();
        links();
        hardLinks();
        power();
        attributes();
        content();
        holes();
        depth();
    }

    List<Hostile> all() {
        return all;
    }

    /** The tree is {@code d}, and beside it is a file that has to come back whatever {@code d} is. */
    private ChunkId beside(byte[] node) throws IOException {
        return rootOf(source.add(node));
    }

    private ChunkId rootOf(ChunkId node) throws IOException {
        return source.add(leaf(directory("d", node), file("zzz", text, TEXT.length)));
    }

    private void refused(Kind kind, String what, byte[] node, String leftOut) throws IOException {
        all.add(new Hostile(kind, what, null, beside(node), leftOut));
    }

    private void right(Kind kind, String what, HandMadeEntry... entries) throws IOException {
        all.add(new Hostile(kind, what, null, beside(leaf(entries)), null));
    }

    private void twoSteps(Kind kind, String what, HandMadeEntry first, HandMadeEntry then) throws IOException {
        all.add(new Hostile(
                kind,
                what,
                source.add(leaf(first, file("zzz", text, TEXT.length))),
                source.add(leaf(then, file("zzz", text, TEXT.length))),
                null));
    }

    private void names() throws IOException {
        for (String bad : List.of("", ".", "..", "a/b", "../outside/new", "/etc/new", "a\0b", "../zzz", "/")) {
            refused(Kind.NAMES, "the name \"" + bad.replace('\0', '0') + '"', leaf(evil(bad)), BAD_NAME);
            refused(
                    Kind.NAMES,
                    "a folder \"" + bad.replace('\0', '0') + '"',
                    leaf(directory(bad, source.add(leaf(evil("new"))))),
                    BAD_NAME);
        }
        refused(Kind.NAMES, "256 octets", leaf(evil("n".repeat(256))), "name out of range");
        refused(Kind.NAMES, "70,000 octets", leaf(evil("n".repeat(70_000))), "name out of range");
        refused(
                Kind.NAMES,
                "says it is longer than the node",
                leaf(evil("n").nameOctets(join(varint(200), new byte[] {'n'}))),
                "");
        refused(Kind.NAMES, "2^63 octets", leaf(evil("n").nameOctets(varint(1L << 63))), "name out of range");
        right(Kind.NAMES, "255 octets", evil("n".repeat(255)));
        right(Kind.NAMES, "no UTF-8", HandMadeEntry.of(FILE, new byte[] {'a', -1, -2, -64, -81}, oneChunk()));
        right(Kind.NAMES, "control characters", evil("\n\r\t\u0007\u001b[2J\u001b]0;x\u0007"));
        right(Kind.NAMES, "from right to left", evil("a\u202egpj.exe"));
        right(Kind.NAMES, "letters of another size", evil("NAME"), evil("Name"), evil("name"));
        right(Kind.NAMES, "one letter in two normal forms", evil("e\u0301"), evil("\u00e9"));
        right(Kind.NAMES, "what shells take for something", evil("$(reboot)"), evil("*"), evil("-rf"), evil("~"));
        right(Kind.NAMES, "ways of another system", evil("..\\..\\x"), evil("C:\\x"), evil("con"), evil("x."));
        right(Kind.NAMES, "names that restores use", evil(".cranny-00000000-0000-0000-0000-000000000000"));
    }

    private void order() throws IOException {
        refused(Kind.ORDER, "a name twice", leaf(evil("x"), evil("x")), ORDER);
        refused(Kind.ORDER, "a file where a folder is", leaf(directory("x", nothing), evil("x")), ORDER);
        refused(Kind.ORDER, "a folder where a file is", leaf(evil("x"), directory("x", nothing)), ORDER);
        ChunkId below = source.add(leaf(evil("new")));
        refused(
                Kind.ORDER,
                "a folder below a link of its name",
                leaf(symlink("x", outside), directory("x", below)),
                ORDER);
        refused(Kind.ORDER, "falling names", leaf(evil("y"), evil("x")), ORDER);
        ChunkId leafX = source.add(leaf(symlink("x", outside)));
        ChunkId folderX = source.add(leaf(directory("x", below)));
        refused(Kind.ORDER, "a name in two leaves", index(1, "x", leafX, "y", folderX), "begins with another name");
        refused(Kind.ORDER, "two children of one name", index(1, "x", leafX, "x", folderX), ORDER);
        ChunkId overlapping = source.add(leaf(evil("a"), evil("z")));
        ChunkId later = source.add(leaf(evil("b")));
        refused(Kind.ORDER, "leaves that overlap", index(1, "a", overlapping, "b", later), ORDER);
        refused(Kind.ORDER, "another name than its parent says", index(1, "a", leafX), "begins with another name");
        refused(Kind.ORDER, "a parent that says ..", index(1, "..", leafX), BAD_NAME);
        refused(Kind.ORDER, "an index at the wrong height", index(2, "x", leafX), "wrong height");
        refused(Kind.ORDER, "height 0", index(0, "x", leafX), "height out of range");
        refused(Kind.ORDER, "height 200", index(200, "x", leafX), "height out of range");
        refused(Kind.ORDER, "an index of nothing", index(1), "an index without children");
        refused(Kind.ORDER, "an empty leaf below an index", index(1, "x", nothing), "wrong height");
    }

    private void types() throws IOException {
        refused(Kind.TYPES, "a folder that is text", TEXT, "a version that is not known");
        refused(Kind.TYPES, "a folder that is a list of chunks", chunks(1, text, 4), "not a directory");
        refused(Kind.TYPES, "type 0", leaf(HandMadeEntry.of(0, "x", oneChunk())), "unknown type");
        refused(Kind.TYPES, "type 8", leaf(HandMadeEntry.of(8, "x", oneChunk())), "unknown type");
        refused(Kind.TYPES, "unknown flags", leaf(evil("x").flags(32)), "unknown flags");
        refused(Kind.TYPES, "a folder with holes", leaf(directory("x", nothing).flags(4)), "unknown flags");
        refused(Kind.TYPES, "octets after the end", join(leaf(evil("x")), new byte[1]), "after the end");
        byte[] whole = leaf(evil("x"));
        refused(Kind.TYPES, "cut off", Arrays.copyOf(whole, whole.length - 3), "");
        byte[] future = leaf(evil("x"));
        future[0] = 2;
        refused(Kind.TYPES, "another version", future, "a version that is not known");
        refused(Kind.TYPES, "4,096 entries without octets", join(new byte[] {1, 1}, varint(4096)), "more entries than");
        refused(
                Kind.TYPES,
                "2^40 entries",
                join(new byte[] {1, 1}, varint(1L << 40), leaf(evil("x"))),
                "entries out of range");
        all.add(new Hostile(Kind.TYPES, "a folder that is nowhere", null, rootOf(anyId(1)), "not in the local index"));
        ChunkId node = source.add(leaf(evil("new")));
        right(Kind.TYPES, "a file that is a folder's node", file("x", node, leaf(evil("new")).length));
    }

    private void links() throws IOException {
        ChunkId below = source.add(leaf(evil("new"), evil("victim")));
        for (String way :
                List.of(outside, "../outside", "../target/../outside", ".", "..", "/", "d", "../outside/new")) {
            twoSteps(Kind.LINKS, "a folder where " + way + " was linked", symlink("d", way), directory("d", below));
        }
        for (String way : List.of(outside + "/victim", "../outside/victim", "../outside/new", "d", "/dev/full")) {
            twoSteps(Kind.LINKS, "a file where " + way + " was linked", symlink("d", way), evil("d"));
            twoSteps(
                    Kind.LINKS,
                    "a fifo where " + way + " was linked",
                    symlink("d", way),
                    HandMadeEntry.of(FIFO, "d", new byte[0]));
        }
        twoSteps(
                Kind.LINKS,
                "links by way of links",
                directory("d", source.add(leaf(symlink("a", "b"), symlink("b", "../../outside")))),
                directory("d", source.add(leaf(directory("a", below), directory("b", below)))));
        right(Kind.LINKS, "a loop", symlink("a", "b"), symlink("b", "a"));
        right(Kind.LINKS, "4,095 octets", symlink("a", "../".repeat(1365)));
        refused(Kind.LINKS, "4,096 octets", leaf(symlink("a", "x".repeat(4096))), "link target out of range");
        refused(Kind.LINKS, "to nothing at all", leaf(symlink("a", "")), "a link target that may not be");
        refused(Kind.LINKS, "NUL in it", leaf(symlink("a", "/etc\0x")), "a link target that may not be");
        right(
                Kind.LINKS,
                "attributes for whatever a link leads to",
                symlink("a", outside + "/victim").mode(04777).modified(1, 1).owner(7, 7),
                symlink("b", outside).mode(0).modified(1, 1).owner(7, 7));
    }

    private void hardLinks() throws IOException {
        right(
                Kind.HARD_LINKS,
                "two contents",
                evil("a").linkGroup(1),
                empty("b").linkGroup(1));
        right(
                Kind.HARD_LINKS,
                "a file and a link to outside",
                symlink("a", outside + "/victim").linkGroup(2),
                evil("b").linkGroup(2).mode(0777));
        right(
                Kind.HARD_LINKS,
                "a fifo and a file",
                HandMadeEntry.of(FIFO, "a", new byte[0]).linkGroup(3),
                evil("b").linkGroup(3));
        refused(
                Kind.HARD_LINKS,
                "to a file that is missing",
                leaf(file("a", anyId(2), 4).linkGroup(4), file("b", anyId(2), 4).linkGroup(4)),
                "another name of a file that is missing");
        refused(Kind.HARD_LINKS, "to a folder", leaf(directory("a", nothing).linkGroup(5)), "unknown flags");
        refused(Kind.HARD_LINKS, "group zero", leaf(evil("a").linkGroup(0)), "link group zero");
        HandMadeEntry[] many = new HandMadeEntry[4096];
        for (int i = 0; i < many.length; i++) {
            many[i] = evil(String.format("%04d", i)).linkGroup(6);
        }
        right(Kind.HARD_LINKS, "4,096 names", many);
        twoSteps(
                Kind.HARD_LINKS,
                "to what was a link to outside",
                symlink("a", outside + "/victim"),
                directory("a", source.add(leaf(evil("b").linkGroup(7), evil("c").linkGroup(7)))));
    }

    private void power() throws IOException {
        safe("a memory device", HandMadeEntry.of(CHARACTER, "x", join(varint(1), varint(1))), "a character device");
        safe("a disk", HandMadeEntry.of(BLOCK, "x", join(varint(8), varint(0))), "a block device");
        safe("setuid", evil("x").mode(04755), "without setuid");
        safe("setgid folder", directory("x", nothing).mode(02777), "without setuid");
        safe("capabilities", evil("x").xattr("security.capability", capability()), "security.capability");
        safe("trusted", directory("x", nothing).xattr("trusted.overlay.opaque", new byte[] {'y'}), "trusted.overlay");
        right(Kind.POWER, "foreign owner", evil("x").owner(12_345, 54_321));
        refused(
                Kind.POWER,
                "device number 2^32",
                leaf(HandMadeEntry.of(CHARACTER, "x", join(varint(1L << 32), varint(0)))),
                "device number out of range");
        right(Kind.POWER, "socket and fifo", fifo("a", FIFO), fifo("b", SOCKET));
    }

    private void safe(String what, HandMadeEntry entry, String leftOut) throws IOException {
        all.add(new Hostile(Kind.POWER, "safe: " + what, null, beside(leaf(entry)), leftOut));
    }

    private void attributes() throws IOException {
        refused(Kind.ATTRIBUTES, "mode 010000", leaf(evil("x").mode(010000)), "mode out of range");
        refused(Kind.ATTRIBUTES, "owner 2^32", leaf(evil("x").owner(1L << 32, 0)), "owner out of range");
        refused(Kind.ATTRIBUTES, "owner -1 in 64 bits", leaf(evil("x").owner(-1, 0)), "owner out of range");
        refused(
                Kind.ATTRIBUTES,
                "setuid of the owner whom nobody can be",
                leaf(evil("x").owner(0xffff_ffffL, 0xffff_ffffL).mode(06755)),
                "owner 4294967295");
        refused(
                Kind.ATTRIBUTES,
                "a user's name that is no UTF-8",
                leaf(evil("x").user(new byte[] {-1})),
                "not UTF-8");
        refused(Kind.ATTRIBUTES, "10^9 nanoseconds", leaf(evil("x").modified(0, 1_000_000_000)), "nanoseconds");
        right(Kind.ATTRIBUTES, "the end of time", evil("x").modified(Long.MAX_VALUE, 0));
        right(Kind.ATTRIBUTES, "before all time", evil("x").modified(Long.MIN_VALUE, 0));
        right(
                Kind.ATTRIBUTES,
                "a folder at the end of time",
                directory("x", nothing).modified(Long.MAX_VALUE, 1));
        right(
                Kind.ATTRIBUTES,
                "mode 0",
                directory("x", source.add(leaf(evil("new").mode(0)))).mode(0));
        refused(Kind.ATTRIBUTES, "an attribute of no name space", leaf(evil("x").xattr("x", TEXT)), "attribute x");
        refused(
                Kind.ATTRIBUTES,
                "an attribute of 255 octets",
                leaf(evil("x").xattr("n".repeat(255), TEXT)),
                "attribute nnn");
        refused(
                Kind.ATTRIBUTES,
                "an attribute with control characters",
                leaf(evil("x").xattr("bad\n\u001b[2J", TEXT)),
                "attribute bad");
        refused(Kind.ATTRIBUTES, "an attribute of 256 octets", leaf(evil("x").xattr("n".repeat(256), TEXT)), "name");
        refused(
                Kind.ATTRIBUTES,
                "65,537 octets",
                leaf(evil("x").xattr("user.x", new byte[65_537])),
                "attribute value out of range");
        refused(
                Kind.ATTRIBUTES,
                "more than the file system takes",
                leaf(evil("x").xattrs(manyXattrs(40, 60_000))),
                "attribute user.");
        refused(
                Kind.ATTRIBUTES,
                "an attribute twice",
                leaf(evil("x").xattrs(join(varint(2), pair("user.a"), pair("user.a")))),
                "not in order");
        refused(Kind.ATTRIBUTES, "an attribute with NUL", leaf(evil("x").xattr("user.\0", TEXT)), "may not be");
        for (String acl : List.of("system.posix_acl_access", "system.posix_acl_default")) {
            for (byte[] nonsense : List.of(TEXT, new byte[] {2, 0, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9}, new byte[65_536])) {
                refused(
                        Kind.ATTRIBUTES,
                        acl + " of " + nonsense.length + " octets",
                        leaf(evil("x").xattr(acl, nonsense)),
                        "attribute " + acl);
            }
        }
    }

    private void content() throws IOException {
        refused(Kind.CONTENT, "a chunk that is nowhere", leaf(file("x", anyId(3), 4)), "not in the local index");
        refused(Kind.CONTENT, "longer than its chunk", leaf(file("x", text, 4000)), "another length");
        refused(Kind.CONTENT, "2 GiB of a small chunk", leaf(file("x", text, Integer.MAX_VALUE)), "another length");
        refused(Kind.CONTENT, "shorter than its chunk", leaf(file("x", text, 2)), "another length");
        refused(Kind.CONTENT, "a chunk of nothing", leaf(sized(4, 1, text, 0)), "an empty chunk");
        refused(Kind.CONTENT, "less than its size", leaf(sized(5, 1, text, 4)), "do not cover");
        refused(Kind.CONTENT, "more than its size", leaf(sized(3, 1, text, 4)), "do not cover");
        refused(Kind.CONTENT, "a chunk of 2^31", leaf(sized(1L << 31, 1, text, 1L << 31)), "chunk length out of range");
        refused(Kind.CONTENT, "a size of 2^63", leaf(sized(1L << 63, 1, text, 4)), "size out of range");
        ChunkId ten = source.add(chunks(10, text, 4));
        refused(Kind.CONTENT, "a list that is too short", leaf(listed(41, ten)), "less content");
        refused(Kind.CONTENT, "a list that is too long", leaf(listed(39, ten)), "more content");
        refused(Kind.CONTENT, "a petabyte out of one list", leaf(listed(1L << 50, ten)), "");
        refused(Kind.CONTENT, "a list that is a folder", leaf(listed(4, nothing)), "not a list of chunks");
        refused(Kind.CONTENT, "a list that is nowhere", leaf(listed(4, anyId(4))), "not in the local index");
        right(Kind.CONTENT, "one list a hundred times", listedTimes(4000, ten, 100));
        all.add(new Hostile(Kind.CONTENT, "a chunk under another's name", null, lied(), null));
    }

    /** A source may give its chunks any names: what comes back is what it put there. */
    private ChunkId lied() throws IOException {
        ChunkId name = source.addAs(anyId(5), TEXT);
        return beside(leaf(file("x", name, TEXT.length)));
    }

    private void holes() throws IOException {
        refused(Kind.HOLES, "extents that touch", leaf(sparse(100, extents(0, 2, 0, 2))), "extents that touch");
        refused(Kind.HOLES, "an extent that goes back", leaf(sparse(100, extents(50, 2, -10, 2))), "gap out of range");
        refused(Kind.HOLES, "beyond the size", leaf(sparse(100, extents(99, 4))), "extent out of range");
        refused(Kind.HOLES, "far beyond the size", leaf(sparse(100, extents(Long.MAX_VALUE, 4))), "gap out of range");
        refused(Kind.HOLES, "an empty extent", leaf(sparse(100, extents(10, 0))), "an empty extent");
        refused(Kind.HOLES, "no holes", leaf(sparse(4, extents(0, 4))), "holes in a file without holes");
        refused(Kind.HOLES, "less data than extents", leaf(sparse(100, extents(10, 9))), "do not cover");
        refused(Kind.HOLES, "extents without the flag", leaf(evil("x").flags(16)), "extents without holes");
        HandMadeEntry huge = HandMadeEntry.of(FILE, "x", join(varint(Long.MAX_VALUE), extents(), varint(0)))
                .flags(4);
        refused(Kind.HOLES, "2^63 - 1 octets of hole", leaf(huge), "too big");
        ByteArrayOutputStream comb = new ByteArrayOutputStream();
        comb.writeBytes(join(new byte[] {1, 4}, varint(4096)));
        for (int i = 0; i < 4096; i++) {
            comb.writeBytes(new byte[] {1, 1});
        }
        ChunkId teeth = source.add(comb.toByteArray());
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(join(varint(1L << 40), varint(65_536)));
        for (int i = 0; i < 65_536; i++) {
            body.writeBytes(teeth.bytes());
        }
        body.writeBytes(join(varint(1), text.bytes(), varint(4)));
        refused(
                Kind.HOLES,
                "268 million extents out of one list",
                leaf(HandMadeEntry.of(FILE, "x", body.toByteArray()).flags(4 | 16)),
                "less content");
    }

    private void depth() throws IOException {
        all.add(new Hostile(Kind.DEPTH, "a thousand folders deep", null, nested(1000, "e"), null));
        all.add(new Hostile(Kind.DEPTH, "4,000 folders deep", null, nested(4000, "e"), null));
        all.add(new Hostile(Kind.DEPTH, "5,000 folders deep", null, nested(5000, "e"), "nested more than"));
        all.add(new Hostile(
                Kind.DEPTH, "4,000 long names deep", null, nested(4000, "n".repeat(255)), "path of more than"));
        ChunkId itself = anyId(6);
        source.addAs(itself, leaf(evil("a"), directory("b", itself), directory("c", itself)));
        all.add(new Hostile(Kind.DEPTH, "a folder in itself", null, rootOf(itself), "contains itself"));
        ChunkId one = anyId(7);
        ChunkId other = source.add(leaf(directory("a", one), directory("b", one)));
        source.addAs(one, leaf(directory("a", other), directory("b", other)));
        all.add(new Hostile(Kind.DEPTH, "two folders in each other", null, rootOf(one), "contains itself"));
        ChunkId root = anyId(8);
        source.addAs(root, leaf(directory("d", root), file("zzz", text, TEXT.length)));
        all.add(new Hostile(Kind.DEPTH, "the root in the root", null, root, "contains itself"));
        ChunkId indexItself = anyId(9);
        source.addAs(indexItself, index(1, "x", indexItself));
        all.add(new Hostile(Kind.DEPTH, "an index in itself", null, rootOf(indexItself), "wrong height"));
        ChunkId at = source.add(leaf(evil("a")));
        for (int i = 0; i < 8; i++) {
            at = source.add(leaf(directory("a", at), directory("b", at)));
        }
        all.add(new Hostile(Kind.DEPTH, "one folder 256 times", null, rootOf(at), null));
    }

    private ChunkId nested(int depth, String name) throws IOException {
        ChunkId at = source.add(leaf(evil("last")));
        for (int i = 0; i < depth; i++) {
            at = source.add(leaf(directory(name, at)));
        }
        return rootOf(at);
    }

    private HandMadeEntry evil(String name) {
        return file(name, text, TEXT.length);
    }

    private byte[] oneChunk() {
        return join(varint(TEXT.length), varint(1), text.bytes(), varint(TEXT.length));
    }

    private static HandMadeEntry fifo(String name, int type) {
        return HandMadeEntry.of(type, name, new byte[0]);
    }

    private static HandMadeEntry sized(long size, int count, ChunkId chunk, long length) {
        return HandMadeEntry.of(FILE, "x", join(varint(size), varint(count), chunk.bytes(), varint(length)));
    }

    private static HandMadeEntry listed(long size, ChunkId list) {
        return HandMadeEntry.of(FILE, "x", join(varint(size), varint(1), list.bytes()))
                .flags(8);
    }

    private static HandMadeEntry listedTimes(long size, ChunkId list, int times) {
        byte[] body = join(varint(size), varint(times));
        for (int i = 0; i < times; i++) {
            body = join(body, list.bytes());
        }
        return HandMadeEntry.of(FILE, "x", body).flags(8);
    }

    private HandMadeEntry sparse(long size, byte[] extents) {
        return HandMadeEntry.of(FILE, "x", join(varint(size), extents, varint(1), text.bytes(), varint(4)))
                .flags(4);
    }

    private static byte[] pair(String name) {
        return join(bytes(name.getBytes(StandardCharsets.US_ASCII)), bytes(TEXT));
    }

    private static byte[] manyXattrs(int count, int length) {
        byte[] all = varint(count);
        for (int i = 0; i < count; i++) {
            byte[] name = String.format("user.%03d", i).getBytes(StandardCharsets.US_ASCII);
            all = join(all, bytes(name), bytes(new byte[length]));
        }
        return all;
    }

    private static byte[] capability() {
        byte[] all = new byte[20];
        all[3] = 2;
        Arrays.fill(all, 4, 20, (byte) -1);
        return all;
    }

    private static ChunkId anyId(int seed) {
        byte[] octets = new byte[ChunkId.LENGTH];
        new Random(seed).nextBytes(octets);
        return ChunkId.of(octets);
    }
}
