package org.cranny.engine.index;

import java.io.IOException;
import java.nio.file.Path;

/** A file of the local index is not what was written. Nothing is lost: make the index again from the index packs. */
public final class IndexDamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    IndexDamagedException(Path file, String what) {
        super("the local index is damaged: " + file.getFileName() + ": " + what
                + ". Make it again: cranny rebuild-index");
    }
}
