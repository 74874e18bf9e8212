package org.cranny.daemon.shelf;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.IntConsumer;
import org.cranny.protocol.fragment.FragmentHasher;
import org.cranny.protocol.fragment.LeafHashes;

/** An open fragment, read from the disk each time. */
public final class Fragment implements Closeable {
    private static final int STEP = 256 * 1024;

    private final FileChannel octets;
    private final long length;

    Fragment(FileChannel octets) throws IOException {
        this.octets = octets;
        this.length = octets.size();
    }

    public long length() {
        return length;
    }

    /** Reads at least one octet from a place, as many as fit. */
    public int read(ByteBuffer into, long position) throws IOException {
        int count = octets.read(into, position);
        if (count < 1) {
            throw new EOFException("the fragment ends at " + position + " instead of " + length);
        }
        return count;
    }

    public byte[] leaf(int number) throws IOException {
        ByteBuffer leaf = ByteBuffer.allocate(LeafHashes.leafLength(length, number));
        long from = (long) number * LeafHashes.LEAF_OCTETS;
        while (leaf.hasRemaining()) {
            read(leaf, from + leaf.position());
        }
        return leaf.array();
    }

    /** Hashes every octet that is on the disk now. */
    public LeafHashes hash() throws IOException {
        return hash(any -> {});
    }

    /** The same, in steps. @param read is told after each step how many octets it had, and may take its time */
    public LeafHashes hash(IntConsumer read) throws IOException {
        FragmentHasher hasher = new FragmentHasher();
        ByteBuffer part = ByteBuffer.allocate(STEP);
        for (long at = 0; at < length; at += part.limit()) {
            part.clear();
            read(part, at);
            part.flip();
            hasher.update(part.array(), 0, part.limit());
            read.accept(part.limit());
        }
        return hasher.tree();
    }

    @Override
    public void close() throws IOException {
        octets.close();
    }
}
