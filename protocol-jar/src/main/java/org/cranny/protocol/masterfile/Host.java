package org.cranny.protocol.masterfile;

import org.cranny.protocol.id.RealmId;
import org.cranny.protocol.id.SystemId;

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
 * @param identity the system that the host proves to be when it belongs to another realm, {@code cranny:REALM:NUMBER}; null
 *     when it is number {@code id} of this one
 * @param authority SHA-256 of the certificate of that realm's authority, hexadecimal; null when identity is
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
        State state,
        String identity,
        String authority) {

    /** A host of the realm itself. */
    public Host(
            long id,
            String name,
            String address,
            long freeBytes,
            long quotaBytes,
            double rating,
            String availability,
            String domain,
            State state) {
        this(id, name, address, freeBytes, quotaBytes, rating, availability, domain, state, null, null);
    }

    /** What a host may be used for. */
    public enum State {
        /** Takes new fragments. */
        ACCEPTING,
        /** Serves what it has and takes nothing new: full, wanted back by its owner, or proving too little of what it has. */
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

    /** Who the host proves to be to a system of this realm. @throws IllegalArgumentException when its identity is no URI */
    public SystemId system(RealmId realm) {
        return identity == null ? new SystemId(realm, id) : SystemId.ofUri(identity);
    }

    public boolean accepts() {
        return state == State.ACCEPTING;
    }
}
