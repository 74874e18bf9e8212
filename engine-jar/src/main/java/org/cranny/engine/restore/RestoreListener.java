package org.cranny.engine.restore;

/** Hears how a restore goes on. Called from several threads; must be quick. */
public interface RestoreListener {
    RestoreListener SILENT = new RestoreListener() {};

    /** What there is to do in all, as far as it is known. */
    default void total(long files, long bytes) {}

    /** A file is complete, written or found right already. */
    default void file(long bytes) {}

    /** Something that the snapshot does not have is taken away, or would be. */
    default void deleted(String path) {}

    /** A file could not be brought back. */
    default void failed(String path, String reason) {}
}
