package org.cranny.protocol.masterfile;

/**
 * One host as the master file lists it. On its line the members stand in this order, {@code id} first.
 *
 * @param id the system's number
 * @param name of the machine
 * @param address {@code https://host:port} of its daemon
 * @param freeBytes what it still takes: the last report less the receipts that came after it
 * @param quotaBytes the most it lends
 * @param rating 0..1, how reliably it can be reached
 * @param availability class of its weekly profile: {@code always}, {@code office}, {@code sometimes}, {@code unknown}
 * @param domain failure domain; a host without a label is a domain of its own, {@code host:ID}
 * @param state one of {@link State}
 */
public record Host(
        long id,
        String name,
        String address,
        long freeBytes,
        long quotaBytes,
        double rating,
        String availability,
        String domain,
        State state) {

    /** What a host may be used for. */
    public enum State {
        /** Takes new fragments. */
        ACCEPTING,
        /** Serves what it has and takes nothing new: full, or its owner wants the space. */
        FULL,
        /** Has been silent for too long; nothing new is sent, what it has may still be there. */
        SUSPECT,
        /** Reports, but nobody can reach it from outside: nothing can be sent there until somebody can. */
        UNREACHABLE,
        /** Is being emptied. */
        DRAINING,
        /** Answered wrongly or was re-imaged; not to be trusted until looked at. */
        QUARANTINED
    }

    public boolean accepts() {
        return state == State.ACCEPTING;
    }
}
