package org.cranny.daemon.capacity;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file system that fragments lie on, measured each time it is asked. */
public interface Volume {
    long totalBytes() throws IOException;

    /** Free for this user; what is reserved for the super-user does not count. */
    long freeBytes() throws IOException;

    static Volume of(Path folder) throws IOException {
        FileStore store = Files.getFileStore(folder);
        return new Volume() {
            @Override
            public long totalBytes() throws IOException {
                return store.getTotalSpace();
            }

            @Override
            public long freeBytes() throws IOException {
                return store.getUsableSpace();
            }
        };
    }
}
