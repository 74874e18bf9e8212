package org.cranny.engine.backup;

/**
 * What came of a backup.
 *
 * @param snapshot its id, null after a dry run
 * @param version of the snapshot
 * @param files regular files in it
 * @param bytes sum of their sizes
 * @param newBytes octets that were new; known after a dry run only, else 0
 * @param storedBytes octets of the packs that this backup added, one copy
 * @param packs that this backup added
 * @param copies the fewest that any of them has
 * @param unread files and folders that could not be kept as they are
 * @param committed whether central has it; when not, it is committed at the next contact
 */
public record BackupOutcome(
        String snapshot,
        long version,
        long files,
        long bytes,
        long newBytes,
        long storedBytes,
        long packs,
        int copies,
        long unread,
        boolean committed) {}
