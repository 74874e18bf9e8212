package org.cranny.engine.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.cranny.engine.fetch.ContentSink;
import org.cranny.engine.posix.Extent;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.tree.Thing;

/** No archive: the content of files alone, holes left out, to somebody who knows the rest. */
final class SinkPacker implements Packer {
    private static final byte[] ROOT = {'/'};

    private final ContentSink sink;

    SinkPacker(ContentSink sink) {
        this.sink = sink;
    }

    @Override
    public String put(Item item) throws IOException {
        if (item.entry().thing() instanceof Thing.File) {
            byte[] path = PathBytes.join(ROOT, item.path());
            item.content().writeTo(new Spread(path, item.extents(), sink));
            sink.complete(path);
        }
        return null;
    }

    @Override
    public void lost(byte[] path, String reason) throws IOException {
        sink.failed(PathBytes.join(ROOT, path), reason);
    }

    @Override
    public boolean hasLinks() {
        return false;
    }

    @Override
    public void finish() {
        // Every file has an end of its own.
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    /** Lays the data of a file over its extents. */
    private static final class Spread extends OutputStream {
        private final byte[] path;
        private final List<Extent> extents;
        private final ContentSink sink;
        private int extent;
        private long inExtent;

        Spread(byte[] path, List<Extent> extents, ContentSink sink) {
            this.path = path;
            this.extents = extents;
            this.sink = sink;
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
                int count = (int) Math.min(length - done, current.length() - inExtent);
                sink.octets(path, current.offset() + inExtent, data, from + done, count);
                done += count;
                inExtent += count;
                if (inExtent == current.length()) {
                    extent++;
                    inExtent = 0;
                }
            }
        }
    }
}
