package org.cranny.engine.check;

/** Hears how a check goes on. Called from several threads; must be quick. */
public interface CheckListener {
    CheckListener SILENT = new CheckListener() {};

    default void total(long packs, long bytes) {}

    /** One copy of a pack was looked at. */
    default void copy(long bytes) {}

    default void found(Finding finding) {}
}
