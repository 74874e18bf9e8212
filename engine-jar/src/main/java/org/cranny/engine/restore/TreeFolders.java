package org.cranny.engine.restore;

import java.io.IOException;
import org.cranny.engine.fetch.SnapshotTree;
import org.cranny.engine.fetch.Wanted;
import org.cranny.engine.tree.Thing;

/** The folders of a snapshot that can be opened here. */
record TreeFolders(SnapshotTree tree) implements Folders {
    @Override
    public Thing.Directory root() {
        return new Thing.Directory(tree.root());
    }

    @Override
    public Rows list(byte[] path, Thing.Directory folder, Wanted wanted) throws IOException {
        return tree.list(folder.node())::next;
    }
}
