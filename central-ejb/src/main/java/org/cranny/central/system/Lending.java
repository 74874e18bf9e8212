package org.cranny.central.system;

/**
 * What a host lends, as its daemon reported last, and what its owner asked for at central. Octets.
 *
 * @param diskBytes size of the file system that it lends of
 * @param diskFreeBytes free there
 * @param lentBytes the most that is kept for others
 * @param keptBytes what is kept now
 * @param leftBytes what still fits
 * @param keepFreeBytes what stays free for the owner; null when its daemon does not say
 * @param ownBytes the most that is lent by what was said at the machine alone: no more can be lent from here; null when
 *     its daemon does not say
 * @param asked what was asked for at central; null when nothing ever was
 * @param standing how far the daemon is with it
 */
public record Lending(
        long host,
        String name,
        long diskBytes,
        long diskFreeBytes,
        long lentBytes,
        long keptBytes,
        long leftBytes,
        Long keepFreeBytes,
        Long ownBytes,
        Asked asked,
        Standing standing) {

    /** How far a daemon is with what was asked for. */
    public enum Standing {
        /** It holds as it was said at the machine: nothing was asked for here. */
        OWN,
        /** The daemon has not said yet that it follows. */
        ASKED,
        /** The daemon has reported since, and follows no limits of central: it is too old. */
        NOT_FOLLOWED,
        /** The daemon follows, and still keeps more than is lent. */
        TAKEN_OVER,
        /** The daemon follows, and keeps no more than is lent. */
        DONE
    }

    /** @param by who asked @param when ISO 8601 @param keptBytes what was kept then */
    public record Asked(
            long number,
            Long quotaBytes,
            Double quotaPercent,
            Long keepFreeBytes,
            Double keepFreePercent,
            String by,
            String when,
            long keptBytes) {}

    /** What it keeps beyond what is lent. */
    public long overBytes() {
        return Math.max(0, keptBytes - lentBytes);
    }
}
