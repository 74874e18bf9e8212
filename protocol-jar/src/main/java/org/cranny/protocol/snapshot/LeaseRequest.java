package org.cranny.protocol.snapshot;

import java.util.UUID;

/**
 * Asks for a lease.
 *
 * @param lastEpoch of the last lease this source had, 0 for none
 * @param attempt up to 64 characters, the same when the request is repeated, another for every other one; or null
 */
public record LeaseRequest(long lastEpoch, String attempt) {
    /** With an attempt of its own. */
    public static LeaseRequest after(long lastEpoch) {
        return new LeaseRequest(lastEpoch, UUID.randomUUID().toString());
    }
}
