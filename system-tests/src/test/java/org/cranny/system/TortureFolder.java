package org.cranny.system;

import java.nio.file.Path;

/** The torture tree in the size of the suite. */
final class TortureFolder {

    private TortureFolder() {}

    static Path make(Path folder, int files) {
        return Contents.tree(folder, files, files);
    }
}
