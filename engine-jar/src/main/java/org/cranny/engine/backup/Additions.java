package org.cranny.engine.backup;

import java.nio.file.Path;
import java.util.List;

/**
 * What changes from the newest snapshot to the next one; everything else in {@code /} stays as it is. For a source that
 * has no file system of its own: its files are handed over, and need not lie anywhere once they are backed up.
 *
 * @param folder absolute; below it lies what is added
 * @param files no two of the same name
 * @param leaving names in {@code /} that the next snapshot has no more, raw octets; one that is not there is no trouble
 */
public record Additions(Path folder, List<Addition> files, List<byte[]> leaving) {
    public Additions {
        files = List.copyOf(files);
        leaving = List.copyOf(leaving);
    }
}
