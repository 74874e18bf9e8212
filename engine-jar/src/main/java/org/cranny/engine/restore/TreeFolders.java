package org.cranny.engine.restore;

import java.io.IOException;
import java.util.Optional;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.fetch.UnknownChunkException;
import org.cranny.engine.fetch.Wanted;
import org.cranny.engine.tree.Entries;
import org.cranny.engine.tree.Entry;
import org.cranny.engine.tree.MalformedTreeException;
import org.cranny.engine.tree.Thing;

/** The folders of a snapshot that can be opened here. */
record TreeFolders(SnapshotTree tree) implements Folders {
    @Override
    public Thing.Directory root() {
        return new Thing.Directory(tree.root());
    }

    @Override
    public Rows list(byte[] path, Thing.Directory folder, Wanted wanted) throws IOException {
        Entries entries = readable(() -> tree.list(folder.node()));
        return () -> TreeFolders.<Optional<Entry>>readable(entries::next);
    }

    @Override
    public boolean areKnownByNode() {
        return true;
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> T readable(Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (MalformedTreeException | UnknownChunkException e) {
            throw new UnreadableFolderException(e.getMessage());
        }
    }
}
