package org.cranny.engine.restore;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cranny.engine.fetch.ContentSink;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.tree.Thing;

/** Content as it is handed over, many files with one question. Whatever ends early, no file of it is left half done. */
final class HandedContents implements Contents, ContentSink {
    private static final long MOST_BYTES = 256L << 20;
    private static final int MOST_FILES = 4_096;
    private static final int MOST_NAMES = 128 << 10;
    private static final byte[] ROOT = {'/'};
    private static final byte[] NOTHING = {};

    private final Handover handover;
    private final Map<byte[], FilePlan> ordered = new TreeMap<>(Arrays::compareUnsigned);
    private byte[] begun;
    private long bytes;
    private int names;
    private long fetched;

    HandedContents(Handover handover) {
        this.handover = handover;
    }

    @Override
    public void order(FilePlan plan, byte[] path, Thing.File file, Full full) throws IOException {
        if (file.size() > 0) {
            plan.expect();
            byte[] absolute = PathBytes.join(ROOT, path);
            ordered.put(absolute, plan);
            bytes += file.size();
            names += absolute.length;
        }
        plan.planned();
    }

    @Override
    public boolean isFull() {
        return bytes >= MOST_BYTES || ordered.size() >= MOST_FILES || names >= MOST_NAMES;
    }

    @Override
    public void begin() throws IOException {
        while (!ordered.isEmpty()) {
            try {
                begun = null;
                handover.contents(List.copyOf(ordered.keySet()), this);
                failAll("was not handed over");
            } catch (Handover.BrokenOffException broken) {
                if (begun == null) {
                    throw broken;
                }
                failed(begun, broken.getMessage());
            }
        }
        bytes = 0;
        names = 0;
    }

    @Override
    public void await() {
        // What began is brought.
    }

    private void failAll(String reason) throws IOException {
        for (FilePlan plan : ordered.values()) {
            plan.fail(new IOException(reason));
        }
        ordered.clear();
    }

    private FilePlan plan(byte[] path) throws IOException {
        FilePlan plan = ordered.get(path);
        if (plan == null) {
            throw new IOException(PathBytes.printable(path) + " was handed over and not asked for.");
        }
        return plan;
    }

    @Override
    public void octets(byte[] path, long offset, byte[] data, int from, int length) throws IOException {
        FilePlan plan = plan(path);
        begun = path;
        fetched += length;
        plan.expect();
        plan.write(data, from, length, offset);
    }

    @Override
    public void complete(byte[] path) throws IOException {
        plan(path).write(NOTHING, 0, 0, 0);
        ordered.remove(path);
        begun = null;
    }

    @Override
    public void failed(byte[] path, String reason) throws IOException {
        plan(path).fail(new IOException(reason));
        ordered.remove(path);
        begun = null;
    }

    @Override
    public long fetched() {
        return fetched;
    }

    @Override
    public boolean aside() {
        return true;
    }

    /** What was ordered and did not come is taken away. */
    @Override
    public void close() throws IOException {
        failAll("was not brought back, because the restore ended early");
    }
}
