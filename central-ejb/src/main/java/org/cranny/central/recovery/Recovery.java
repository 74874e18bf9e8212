package org.cranny.central.recovery;

import java.util.List;

/**
 * A recovery as people see it. Times ISO 8601, sizes octets.
 *
 * @param system number of the source
 * @param snapshot whole id
 * @param way {@code ARCHIVE} or {@code HAND_OVER}
 * @param format of an archive, else null
 * @param paths how many were chosen, 0 for the whole machine
 * @param expires until when it can be begun
 * @param files so far
 * @param bytes sum of their sizes
 * @param filesTotal in the snapshot
 * @param bytesTotal in the snapshot
 * @param failed files whose content could not be fetched
 * @param leftOut things that archives of this kind cannot hold
 * @param octets of the whole archive, 0 before its end
 * @param digest SHA-256 of the whole archive, hex, null before its end
 * @param served names of hosts that gave something
 * @param away names of hosts that were away or wrong
 * @param reason why it broke off, or null
 * @param problems the first lines about files that failed or were left out; in memory only
 * @param agent number of the machine whose agent takes the place, else null
 * @param job what that agent was told, else null; it tells how far the files have come
 * @param token for the replacement machine; given once, else null
 */
public record Recovery(
        long id,
        long system,
        String snapshot,
        long version,
        String way,
        String format,
        int paths,
        String state,
        String askedBy,
        String asked,
        String expires,
        String ended,
        long files,
        long bytes,
        long filesTotal,
        long bytesTotal,
        long failed,
        long leftOut,
        long octets,
        String digest,
        List<String> served,
        List<String> away,
        String reason,
        List<String> problems,
        Long agent,
        Long job,
        String token) {

    @Override
    public String toString() {
        return "Recovery[" + id + " of system " + system + ", " + state + "]";
    }
}
