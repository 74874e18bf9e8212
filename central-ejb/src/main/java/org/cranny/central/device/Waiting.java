package org.cranny.central.device;

import java.nio.file.Path;

/** What waits in the spool. @param folder its own, which goes when it is done */
record Waiting(Path folder, Upload upload) {
    static final String CONTENT = "content";

    Path content() {
        return folder.resolve(CONTENT);
    }

    String name() {
        return upload.name();
    }
}
