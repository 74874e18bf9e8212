package org.cranny.engine.restore;

import java.io.IOException;

/** The snapshot has a folder that cannot be listed, here or anywhere: it is left out, and the others go on. */
final class UnreadableFolderException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableFolderException(String reason) {
        super(reason);
    }
}
