package org.cranny.engine.rebuild;

/** Hears how records are made again. Must be quick. */
public interface RebuildListener {
    RebuildListener SILENT = new RebuildListener() {};

    /** So many of so many packs are known now. */
    default void packs(long known, long total) {}

    /** A snapshot whose manifest is damaged, and that nobody else who could be asked knows. It is none any more. */
    default void lost(long version) {}

    /** A pack whose contents nobody who could be asked knows; what only it holds cannot be read. */
    default void unknown(String pack, String reason) {}
}
