package org.cranny.engine.check;

/** Hears how a check goes on. Called from several threads; must be quick. */
public interface CheckListener {
    CheckListener SILENT = new CheckListener() {};

    /** What there is to look at in all: copies of packs, or files. */
    default void total(long count, long bytes) {}

    /** One copy of a pack, or one file, was looked at, here or by its host. */
    default void copy(long bytes) {}

    default void found(Finding finding) {}
}
