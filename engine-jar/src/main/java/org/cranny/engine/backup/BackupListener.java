package org.cranny.engine.backup;

import org.cranny.protocol.masterfile.Host;

/** Hears how a backup goes on. Called from several threads; must be quick. */
public interface BackupListener {
    BackupListener SILENT = new BackupListener() {};

    /** Whether {@link #total} is worth counting the files for. */
    default boolean wantsTotal() {
        return false;
    }

    /** What there is to do in all, as far as it is known; called more than once while it is being counted. */
    default void total(long files, long bytes) {}

    /** A file is done, unchanged or read. @param bytes of it that {@link #part} did not tell of */
    default void file(long bytes) {}

    /** A part of a file that comes in is read, and it is not known how much is to come. */
    default void part(long bytes) {}

    /** A pack is on so many hosts. */
    default void stored(long bytes, int copies) {}

    /** A file or folder could not be kept as it is. */
    default void unread(byte[] path, String reason) {}

    /** Another host is used instead of this one. */
    default void hostFailed(Host host, String reason) {}

    /** What became of a snapshot that was made while central was away, and could not be committed as it was. */
    default void late(LateSnapshot snapshot) {
        notice(snapshot.sentence());
    }

    /** Something people should know, and can do something about. */
    default void notice(String line) {}
}
