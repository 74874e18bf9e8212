package org.cranny.engine.backup;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.cranny.engine.chunking.ChunkId;

/** Octets of nodes and entries as {@code docs/format/tree.md} lays them out, with no look at what may be written. */
final class HandMadeEntry {
    static final int FILE = 1;
    static final int DIRECTORY = 2;
    static final int SYMLINK = 3;
    static final int FIFO = 4;
    static final int SOCKET = 5;
    static final int CHARACTER = 6;
    static final int BLOCK = 7;

    private static final byte[] NOTHING = {};

    private final int type;
    private final byte[] name;
    private final byte[] body;
    private int flags;
    private byte[] nameOctets;
    private long mode = 0755;
    private long uid;
    private long gid;
    private byte[] user = NOTHING;
    private long mtime = 1_000_000_000;
    private long nanos;
    private byte[] xattrs = NOTHING;
    private byte[] linkGroup = NOTHING;

    private HandMadeEntry(int type, byte[] name, byte[] body) {
        this.type = type;
        this.name = name;
        this.body = body;
    }

    static HandMadeEntry of(int type, String name, byte[] body) {
        return new HandMadeEntry(type, name.getBytes(StandardCharsets.UTF_8), body);
    }

    static HandMadeEntry of(int type, byte[] name, byte[] body) {
        return new HandMadeEntry(type, name, body);
    }

    static HandMadeEntry directory(String name, ChunkId node) {
        return of(DIRECTORY, name, node.bytes());
    }

    static HandMadeEntry symlink(String name, String target) {
        return of(SYMLINK, name, bytes(target.getBytes(StandardCharsets.UTF_8)));
    }

    static HandMadeEntry empty(String name) {
        return of(FILE, name, join(varint(0), varint(0)));
    }

    /** A dense file of one chunk. */
    static HandMadeEntry file(String name, ChunkId chunk, long length) {
        return of(FILE, name, join(varint(length), varint(1), chunk.bytes(), varint(length)));
    }

    /** Says another length of its name than it has. */
    HandMadeEntry nameOctets(byte[] octets) {
        nameOctets = octets;
        return this;
    }

    HandMadeEntry flags(int more) {
        flags |= more;
        return this;
    }

    HandMadeEntry mode(long octal) {
        mode = octal;
        return this;
    }

    HandMadeEntry owner(long number, long groupNumber) {
        uid = number;
        gid = groupNumber;
        return this;
    }

    HandMadeEntry user(byte[] octets) {
        user = octets;
        return this;
    }

    HandMadeEntry modified(long seconds, long nanoseconds) {
        mtime = seconds;
        nanos = nanoseconds;
        return this;
    }

    HandMadeEntry xattr(String key, byte[] value) {
        return xattrs(join(varint(1), bytes(key.getBytes(StandardCharsets.UTF_8)), bytes(value)));
    }

    HandMadeEntry xattrs(byte[] octets) {
        flags |= 1;
        xattrs = octets;
        return this;
    }

    HandMadeEntry linkGroup(int number) {
        flags |= 2;
        linkGroup = new byte[] {0, 0, 0, 0, 0, 0, 0, (byte) number};
        return this;
    }

    byte[] octets() {
        return join(
                new byte[] {(byte) type, (byte) flags},
                nameOctets == null ? bytes(name) : nameOctets,
                varint(mode),
                varint(uid),
                varint(gid),
                bytes(user),
                bytes(NOTHING),
                varint(mtime << 1 ^ mtime >> 63),
                varint(nanos),
                body,
                xattrs,
                linkGroup);
    }

    static byte[] leaf(HandMadeEntry... entries) {
        byte[] all = join(new byte[] {1, 1}, varint(entries.length));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(all);
        for (HandMadeEntry entry : entries) {
            out.writeBytes(entry.octets());
        }
        return out.toByteArray();
    }

    /** @param children first name and node, in turn */
    static byte[] index(int height, Object... children) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(join(new byte[] {1, 2, (byte) height}, varint(children.length / 2)));
        for (int i = 0; i < children.length; i += 2) {
            out.writeBytes(bytes(((String) children[i]).getBytes(StandardCharsets.UTF_8)));
            out.writeBytes(((ChunkId) children[i + 1]).bytes());
        }
        return out.toByteArray();
    }

    /** A list of one chunk, so many times. */
    static byte[] chunks(int count, ChunkId chunk, long length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(join(new byte[] {1, 3}, varint(count)));
        for (int i = 0; i < count; i++) {
            out.writeBytes(join(chunk.bytes(), varint(length)));
        }
        return out.toByteArray();
    }

    /** @param gapsAndLengths in turn */
    static byte[] extents(long... gapsAndLengths) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(varint(gapsAndLengths.length / 2));
        for (long number : gapsAndLengths) {
            out.writeBytes(varint(number));
        }
        return out.toByteArray();
    }

    static byte[] bytes(byte[] octets) {
        return join(varint(octets.length), octets);
    }

    static byte[] varint(long number) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rest = number;
        for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
            out.write((int) (rest | 0x80));
        }
        out.write((int) rest);
        return out.toByteArray();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
