package org.cranny.engine.archive;

/** Hears how an archive grows. Must be quick. */
public interface ArchiveListener {
    ArchiveListener SILENT = new ArchiveListener() {};

    /** A file is in the archive, whole. */
    default void file(long bytes) {}

    /** A file is not in the archive, because its content cannot be fetched. */
    default void failed(String path, String reason) {}

    /** Something that archives of this kind cannot hold. */
    default void leftOut(String path, String reason) {}
}
