package org.cranny.engine.restore;

import org.cranny.engine.posix.PathBytes;

/** A name in a directory, spelled out only when somebody must read it. */
@SuppressWarnings("ArrayRecordComponent")
record TargetPath(TargetDirectory directory, byte[] name) {
    @Override
    public String toString() {
        return directory + "/" + PathBytes.printable(name);
    }
}
