package org.cranny.engine.restore;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.cranny.engine.chunking.ChunkId;
import org.cranny.engine.fetch.Wanted;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.Thing;

/** The folders that are handed over. On the way to what is wanted nothing is listed. */
record HandedFolders(Handover handover) implements Folders {
    private static final byte[] ROOT = {'/'};

    @Override
    public Thing.Directory root() {
        return new Thing.Directory(ChunkId.of(new byte[ChunkId.LENGTH]));
    }

    @Override
    public Rows list(byte[] path, Thing.Directory folder, Wanted wanted) throws IOException {
        byte[] absolute = PathBytes.join(ROOT, path);
        if (wanted.isEverything()) {
            return new Pages(absolute);
        }
        Deque<Entry> found = new ArrayDeque<>();
        for (byte[] name : wanted.children().keySet()) {
            handover.find(PathBytes.join(absolute, name)).ifPresent(found::add);
        }
        return () -> Optional.ofNullable(found.poll());
    }

    @Override
    public boolean areKnownByNode() {
        return false;
    }

    private final class Pages implements Rows {
        private final byte[] folder;
        private final Deque<Entry> page = new ArrayDeque<>();
        private byte[] last;
        private boolean ended;

        Pages(byte[] folder) {
            this.folder = folder;
        }

        @Override
        public Optional<Entry> next() throws IOException {
            if (page.isEmpty() && !ended) {
                page.addAll(handover.list(folder, last));
                ended = page.isEmpty();
            }
            Entry next = page.poll();
            last = next == null ? last : next.name();
            return Optional.ofNullable(next);
        }
    }
}
