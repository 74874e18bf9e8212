package org.cranny.central.device;

import java.time.Instant;

/**
 * A phone or an appliance. Octets.
 *
 * @param number of its system
 * @param owner mail address
 * @param added when its owner added it
 * @param kept when its newest snapshot was made, null before the first upload is kept
 * @param files in that snapshot
 * @param bytes in that snapshot
 * @param waiting uploads and deletions that are not in a snapshot yet
 * @param waitingBytes of these
 * @param trouble why what waits could not be spread at the last try, in a sentence; null when nothing went wrong
 */
public record Device(
        long number,
        String name,
        String owner,
        Instant added,
        Instant kept,
        long files,
        long bytes,
        long waiting,
        long waitingBytes,
        String trouble) {}
