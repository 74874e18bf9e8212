package org.cranny.central.system;

/**
 * How much of the realm is backed up, and by how much space.
 *
 * @param sources that were not shut out
 * @param protectedSources of these, that are protected ({@link Inventory#PROTECTED_FOR})
 * @param neverBackedUp of these, without any snapshot
 * @param hosts that were not shut out
 * @param accepting of these, that take fragments now
 * @param keptBytes what they keep
 * @param freeBytes what those that accept still take
 * @param idleBytes what the others would take
 */
public record Coverage(
        long sources,
        long protectedSources,
        long neverBackedUp,
        long hosts,
        long accepting,
        long keptBytes,
        long freeBytes,
        long idleBytes) {

    /** All that is lent. */
    public long lentBytes() {
        return keptBytes + freeBytes + idleBytes;
    }
}
