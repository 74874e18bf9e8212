package org.cranny.system;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.cranny.engine.posix.Extent;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.posix.Posix;
import org.cranny.engine.posix.Stat;

/** Compares two inodes of the same type through their descriptors: attributes, and content with its holes. */
final class InodeComparison {
    private static final int BLOCK = 4 << 20;
    private static final byte[] NOTHING = {};

    private final Posix posix;
    private final List<String> differences;
    private final ByteBuffer leftBlock = ByteBuffer.allocateDirect(BLOCK);
    private final ByteBuffer rightBlock = ByteBuffer.allocateDirect(BLOCK);

    InodeComparison(Posix posix, List<String> differences) {
        this.posix = posix;
        this.differences = differences;
    }

    /** Gives the left one's facts, for who goes on. */
    Stat compareAttributes(int left, int right, String path) throws IOException {
        Stat a = posix.stat(left);
        Stat b = posix.stat(right);
        differ(path, "type", a.type(), b.type());
        differ(path, "mode", Integer.toOctalString(a.mode()), Integer.toOctalString(b.mode()));
        differ(path, "owner", a.uid() + ":" + a.gid(), b.uid() + ":" + b.gid());
        differ(path, "modified", modified(a), modified(b));
        differ(path, "device number", a.rdevMajor() + ":" + a.rdevMinor(), b.rdevMajor() + ":" + b.rdevMinor());
        differ(path, "attributes", posix.xattrs(left), posix.xattrs(right));
        if (a.isSymlink() && b.isSymlink()) {
            differ(path, "link to", target(left), target(right));
        }
        return a;
    }

    private String target(int link) throws IOException {
        return PathBytes.printable(posix.readLink(link, NOTHING));
    }

    private static String modified(Stat stat) {
        return stat.mtimeSeconds() + "s+" + stat.mtimeNanos() + "ns";
    }

    private void differ(String path, String what, Object left, Object right) {
        if (!left.equals(right)) {
            differences.add(path + ": " + what + " " + left + ", " + right);
        }
    }

    void compareContent(int left, int right, String path) throws IOException {
        Stat a = posix.stat(left);
        Stat b = posix.stat(right);
        differ(path, "size", a.size(), b.size());
        if (a.size() != b.size() || a.size() == 0) {
            return;
        }
        List<Extent> whole = List.of(new Extent(0, a.size()));
        boolean sparse = a.looksSparse() || b.looksSparse();
        List<Extent> holesLeft = sparse ? posix.extents(left, a.size()) : whole;
        List<Extent> holesRight = sparse ? posix.extents(right, b.size()) : whole;
        differ(path, "data at", holesLeft, holesRight);
        for (Extent extent : holesLeft.equals(holesRight) ? holesLeft : whole) {
            if (!sameOctets(left, right, extent, path)) {
                return;
            }
        }
    }

    private boolean sameOctets(int left, int right, Extent extent, String path) throws IOException {
        for (long at = extent.offset(); at < extent.end(); ) {
            int length = (int) Math.min(BLOCK, extent.end() - at);
            fill(left, leftBlock, at, length);
            fill(right, rightBlock, at, length);
            int mismatch = leftBlock.mismatch(rightBlock);
            if (mismatch >= 0) {
                differences.add(path + ": content from octet " + (at + mismatch));
                return false;
            }
            at += length;
        }
        return true;
    }

    private void fill(int fd, ByteBuffer block, long offset, int length) throws IOException {
        block.clear().limit(length);
        long at = offset;
        while (block.hasRemaining()) {
            int got = posix.read(fd, block, at);
            if (got < 0) {
                break;
            }
            at += got;
        }
        block.flip();
    }
}
