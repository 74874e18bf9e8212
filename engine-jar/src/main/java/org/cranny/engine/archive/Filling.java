package org.cranny.engine.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.cranny.engine.posix.Extent;

/** Takes the data of a file, extent after extent, and writes zeros where its holes are. */
final class Filling extends OutputStream {
    private static final byte[] ZEROS = new byte[64 << 10];

    private final List<Extent> extents;
    private final OutputStream out;
    private int extent;
    private long at;

    Filling(List<Extent> extents, OutputStream out) {
        this.extents = extents;
        this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] data, int from, int length) throws IOException {
        int done = 0;
        while (done < length) {
            if (extent == extents.size()) {
                throw new IOException("the snapshot has more content for a file than its size");
            }
            Extent current = extents.get(extent);
            to(Math.max(at, current.offset()));
            int count = (int) Math.min(length - done, current.end() - at);
            out.write(data, from + done, count);
            at += count;
            done += count;
            if (at == current.end()) {
                extent++;
            }
        }
    }

    /** Fills up to here. */
    void to(long offset) throws IOException {
        while (at < offset) {
            int count = (int) Math.min(ZEROS.length, offset - at);
            out.write(ZEROS, 0, count);
            at += count;
        }
    }
}
